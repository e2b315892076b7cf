import type { Clock, Logger } from '@own-kube/process';
import type { PodNetwork } from './pod-network';

export interface ProxyMonitorOptions {
  readonly network: PodNetwork;
  /** Called when the proxy answers for the first time, or again after it was away. */
  readonly onBack: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Knows whether the proxy answers. */
export interface ProxyMonitor {
  run(signal: AbortSignal): Promise<void>;
  /** Why pods cannot be attached; undefined when they can. */
  readonly problem: () => string | undefined;
}

/** While it is away it is asked more often. */
const intervalMs = 5000;
const awayIntervalMs = 1000;

export function createProxyMonitor({ network, onBack, clock, log }: ProxyMonitorOptions): ProxyMonitor {
  let problem: string | undefined = 'the proxy was not asked yet';

  const ask = async (signal: AbortSignal) => {
    try {
      await network.list(signal);
      if (problem === undefined) return;
      problem = undefined;
      log.info('the proxy answers');
      onBack();
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      if (problem !== message) log.warn('the proxy does not answer', { reason: message });
      problem = message;
    }
  };

  return {
    run: async (signal) => {
      while (!signal.aborted) {
        await ask(signal);
        await clock
          .sleep(problem === undefined ? intervalMs : awayIntervalMs, signal)
          .catch((error: unknown) => {
            if (!signal.aborted) throw error;
          });
      }
    },
    problem: () => problem,
  };
}
