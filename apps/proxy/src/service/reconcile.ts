/** Compares leases, devices and live pods, and puts right what differs: in both directions. */
import type { Clock, Logger } from '@own-kube/process';
import type { Ipam } from '../ipam/ipam';
import type { Lease } from '../ipam/lease';
import type { KeyedLock } from '../keyed-lock';
import { vethName } from '../links/names';
import type { SeenNetwork } from '../links/observe-node';
import { planLeaks } from '../links/plan-leaks';
import { planPort } from '../links/plan-pod';
import type { PodLinks } from '../links/pod-links';
import { isAlive, openPodNetns } from '../links/pod-netns';
import type { Metrics } from '../metrics';
import type { NodeNetwork } from '../node/node-network';
import { nameOf, type PodNetwork } from './pod-network';

/** What reconciling needs. */
export interface ReconcileOptions {
  readonly ipam: Ipam;
  readonly links: PodLinks;
  readonly network: Pick<NodeNetwork, 'wiringOf'>;
  readonly pods: Pick<PodNetwork, 'detach'>;
  /** Whether the cluster has no such pod any more; false as long as that is not known for sure. */
  readonly isDeleted: (podUid: string) => boolean;
  readonly lock: KeyedLock;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A pod may be attached before this node's copy of the pods knows of it. */
const graceMs = 60_000;

/** Makes the function that does it, given what was just seen in the node. */
export function createReconcile(options: ReconcileOptions): (seen: SeenNetwork) => Promise<void> {
  const { ipam, links, network, pods, isDeleted, lock, metrics, clock, log } = options;

  /** From the leases to the leaks that are handed over, nothing may be awaited: see removeLeaks. */
  async function removeLeaks(seen: SeenNetwork): Promise<void> {
    const leaks = planLeaks(
      seen,
      ipam.list().map(({ uid, ip }) => ({ ip, veth: vethName(uid) })),
    );
    const all = [...leaks.veths, ...leaks.ways];
    if (all.length === 0) return;
    const removed = links.removeLeaks(leaks);
    log.info('what is left of pods that are gone is taken away', { devices: leaks.veths, ways: leaks.ways });
    metrics.repairs.inc({ what: 'leak' }, all.length);
    await removed;
  }

  async function releaseGone(lease: Lease): Promise<boolean> {
    const isNew = clock.now() - lease.attachedAt < graceMs;
    if (isNew || !isDeleted(lease.uid) || (await isAlive(lease))) return false;
    log.info('the lease of a pod that is gone is released', { ...nameOf(lease), ip: lease.ip });
    metrics.repairs.inc({ what: 'lease' });
    await pods.detach({ podUid: lease.uid });
    return true;
  }

  /** A pod whose process is gone stays as it is: its agent attaches it again, or detaches it. */
  async function mend(lease: Lease, seen: SeenNetwork): Promise<void> {
    const wiring = network.wiringOf(lease);
    if (!wiring) return;
    const isThere = seen.links.some(({ name }) => name === wiring.veth);
    if (isThere && planPort(wiring, seen).length === 0) return;
    await lock(lease.uid, async () => {
      if (ipam.get(lease.uid) !== lease || !(await isAlive(lease))) return;
      const netns = await openPodNetns(lease);
      try {
        const reasons = await links.ensure(wiring, netns);
        for (const reason of reasons)
          log.info('the network of a pod is put right', { ...nameOf(lease), reason });
        metrics.repairs.inc({ what: 'pod' }, reasons.length);
      } finally {
        await netns.close();
      }
    });
  }

  async function check(lease: Lease, seen: SeenNetwork): Promise<void> {
    if (!(await releaseGone(lease))) await mend(lease, seen);
  }

  return async (seen) => {
    await removeLeaks(seen);
    const failures: unknown[] = [];
    for (const lease of ipam.list()) {
      // One pod's trouble must not keep the others from being put right.
      await check(lease, seen).catch((error: unknown) => {
        log.error('the network of a pod could not be put right', { ...nameOf(lease), error });
        failures.push(error);
      });
    }
    if (failures.length > 0)
      throw new Error(`${failures.length} pods could not be put right; the log says which.`);
  };
}
