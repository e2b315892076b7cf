/** Brings about what should be: when it may have changed, from time to time, and again after a failure. */
import type { Clock, Logger } from '@own-kube/process';

/** A loop around one sync. */
export interface SyncLoop {
  /** Says that something changed: syncs at once, or once more after the sync that runs. */
  trigger(): void;
  /** Syncs until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
  /** What is wrong, for health: no sync succeeded yet, or the last one is long ago. */
  problem(): string | undefined;
}

/** What a loop does. */
export interface SyncLoopOptions {
  /** For the log: "peers". */
  readonly name: string;
  readonly sync: (signal: AbortSignal) => Promise<void>;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

const firstRetryMs = 500;

/** Makes a loop; its first sync is at once. A failure is logged and retried, later and later up to the interval. */
export function createSyncLoop({ name, sync, everyMs, clock, log }: SyncLoopOptions): SyncLoop {
  let wake = new AbortController();
  let failures = 0;
  let lastSuccess: number | undefined;
  let lastError = '';

  async function attempt(signal: AbortSignal): Promise<number> {
    try {
      await sync(signal);
      [failures, lastSuccess] = [0, clock.now()];
      return everyMs;
    } catch (error) {
      if (signal.aborted) return 0;
      lastError = error instanceof Error ? error.message : String(error);
      const retryMs = Math.min(firstRetryMs * 2 ** failures++, everyMs);
      log.error(`The sync of ${name} failed; it is tried again in ${retryMs} ms.`, { error });
      return retryMs;
    }
  }

  return {
    trigger: () => wake.abort(),
    async run(signal) {
      while (!signal.aborted) {
        wake = new AbortController();
        const pauseMs = await attempt(signal);
        const either = AbortSignal.any([signal, wake.signal]);
        if (either.aborted) continue;
        await clock.sleep(pauseMs, either).catch((error: unknown) => {
          if (!either.aborted) throw error;
        });
      }
    },
    problem() {
      if (failures > 0) return `the last sync of ${name} failed: ${lastError}`;
      if (lastSuccess === undefined) return `${name}: no sync yet`;
      const age = clock.now() - lastSuccess;
      return age > 3 * everyMs ? `the last sync of ${name} was ${Math.round(age / 1000)} s ago` : undefined;
    },
  };
}
