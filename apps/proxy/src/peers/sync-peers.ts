/** Keeps the entries of vxlan10 what the Nodes say. */
import type { Node } from '@own-kube/api';
import type { Logger } from '@own-kube/process';
import type { Exec } from '../exec';
import type { Metrics } from '../metrics';
import { applyEntries, observeEntries } from './apply-entries';
import { planEntries } from './plan-entries';
import { planPeers, type PeerPlan, type Self } from './plan-peers';

/** What syncing peers needs. */
export interface PeerSyncOptions {
  readonly exec: Exec;
  /** The Nodes; undefined as long as they are not known. */
  readonly nodes: () => readonly Node[] | undefined;
  /** This node; undefined until its devices were made. */
  readonly self: () => (Self & { readonly gateway: string }) | undefined;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** The peers of a node. */
export interface PeerSync {
  /** Compares with the kernel and puts right what differs. */
  sync(): Promise<void>;
  /** Whether the Nodes ask for something else than what was programmed last. */
  isStale(): boolean;
}

/** Makes a PeerSync that has done nothing yet. */
export function createPeerSync({ exec, nodes, self, metrics, log }: PeerSyncOptions): PeerSync {
  let done: string | undefined;

  function plan(): { plan: PeerPlan; gateway: string; key: string } | undefined {
    const [all, me] = [nodes(), self()];
    if (!all || !me) return undefined;
    const plan = planPeers(all, me);
    return { plan, gateway: me.gateway, key: JSON.stringify([plan, me.gateway]) };
  }

  async function sync(): Promise<void> {
    const next = plan();
    if (!next) return;
    const isNew = next.key !== done;
    if (isNew) next.plan.refused.forEach((sentence) => log.warn(sentence));
    const entries = planEntries(next.plan.peers, await observeEntries(exec), next.gateway);
    const changes = entries.first.length + entries.second.length + entries.third.length;
    await applyEntries(exec, entries);
    if (changes > 0)
      log.info('the ways to the other nodes are programmed', {
        peers: next.plan.peers.map(({ node }) => node),
        changes,
      });
    if (changes > 0 && !isNew) metrics.repairs.inc({ what: 'peer' }, changes);
    done = next.key;
  }

  return { sync, isStale: () => plan()?.key !== done };
}
