/** Keeps the node's range: as its Node says it, on disk, so that it is known when the api-server is away. */
import type { Node } from '@own-kube/api';
import type { Informer } from '@own-kube/client';
import type { Clock, Logger } from '@own-kube/process';
import type { Ipam } from '../ipam/ipam';
import { createSyncLoop, type SyncLoop } from '../sync-loop';
import { vtepMacAnnotation } from '../peers/plan-peers';
import { registerNode, type RegisterOptions } from './register';

/** What it needs. */
export interface RegistrationOptions extends Omit<RegisterOptions, 'had'> {
  readonly informer: Informer<Node>;
  readonly ipam: Ipam;
  /** Told when the node has another range than before. */
  readonly onRange: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

const everyMs = 60_000;

/** Makes the loop. It waits for the Node, which the agent makes. Call it before the informer runs. */
export function createRegistrationLoop(options: RegistrationOptions): SyncLoop {
  const { informer, ipam, onRange, clock, log, ...register } = options;
  const { nodeName, vtepMac } = register;
  const isRegistered = (node: Node) =>
    node.spec?.podCIDR === ipam.cidr && node.metadata?.annotations[vtepMacAnnotation] === vtepMac;

  async function sync(signal: AbortSignal): Promise<void> {
    const node = informer.get(nodeName);
    if (!node || isRegistered(node)) return;
    const had = ipam.cidr;
    const cidr = await registerNode({ ...register, had }, signal);
    if (cidr === had) return;
    const dropped = await ipam.useCidr(cidr);
    log.info('the node has a range of addresses', { cidr, before: had });
    for (const { namespace, name, ip } of dropped) {
      log.warn('a lease outside of the range of the node is dropped', {
        kind: 'Pod',
        namespace,
        name,
        ip,
        cidr,
      });
    }
    onRange();
  }

  const loop = createSyncLoop({ name: 'registration', sync, everyMs, clock, log });
  informer.onChange(({ object, deleted }) => {
    if (!deleted && object.metadata?.name === nodeName && !isRegistered(object)) loop.trigger();
  });
  return loop;
}
