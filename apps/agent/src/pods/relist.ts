import type { Clock, Logger } from '@own-kube/process';
import type { ContainerEngine } from '../docker/engine';
import { failureFields } from '../failure-fields';
import type { PodNetwork } from '../network/pod-network';
import { label, ownerLabels, type Owner } from './labels';
import type { PodSource } from './pod-source';
import type { Records } from './records';

export interface RelistOptions {
  readonly engine: ContainerEngine;
  readonly network: PodNetwork;
  readonly pods: PodSource;
  readonly records: Records;
  readonly owner: Owner;
  /** Called with the uid of everything that there is: a pod, a container of ours, an address that is taken. */
  readonly wake: (uid: string) => void;
  /** Called when all were woken. */
  readonly onDone: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Looks at everything from time to time: what no event told of is found so, and what belongs to no pod any more. */
export interface Relist {
  run(signal: AbortSignal): Promise<void>;
  /** Asks for a look now. */
  trigger(): void;
  /** What is wrong, for the health check. */
  problem(): string | undefined;
}

const intervalMs = 30_000;
/** After a failure we look again soon. */
const retryMs = 2000;
const staleAfterMs = 3 * intervalMs;

export function createRelist(options: RelistOptions): Relist {
  const { clock, log } = options;
  let lastDone = clock.now();
  let wakeUp = new AbortController();

  const lookOnce = async (signal: AbortSignal): Promise<number> => {
    try {
      await relist(options, signal);
      lastDone = clock.now();
      return intervalMs;
    } catch (error) {
      if (!signal.aborted) log.warn('the containers of this node could not be listed', failureFields(error));
      return retryMs;
    }
  };

  return {
    run: async (signal) => {
      while (!signal.aborted) {
        wakeUp = new AbortController();
        const pause = await lookOnce(signal);
        // Cut short by a trigger or by the end of all: both are what the loop looks at next.
        await clock.sleep(pause, AbortSignal.any([signal, wakeUp.signal])).catch(() => undefined);
      }
    },
    trigger: () => wakeUp.abort(),
    problem: () => {
      const ageMs = clock.now() - lastDone;
      return ageMs > staleAfterMs
        ? `the containers were last looked at ${Math.round(ageMs / 1000)} s ago`
        : undefined;
    },
  };
}

async function relist(options: RelistOptions, signal: AbortSignal): Promise<void> {
  const { engine, pods, records, owner, wake, onDone } = options;
  const containers = await engine.list(ownerLabels(owner), signal);
  const uids = [
    ...pods.list().map(({ metadata }) => metadata?.uid ?? ''),
    ...containers.map(({ labels }) => labels[label.podUid] ?? ''),
    ...(await leasedUids(options, signal)),
  ];
  records.refreshAddresses();
  new Set(uids).forEach(wake);
  onDone();
}

/** An address that was given to a pod which is gone is given back by that pod's worker. */
async function leasedUids({ network, log }: RelistOptions, signal: AbortSignal): Promise<string[]> {
  try {
    return (await network.list(signal)).map(({ podUid }) => podUid);
  } catch (error) {
    // The proxy is watched elsewhere; the containers are looked at all the same.
    log.debug('the addresses of this node could not be listed', failureFields(error));
    return [];
  }
}
