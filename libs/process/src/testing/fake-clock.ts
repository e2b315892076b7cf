import { setImmediate } from 'node:timers/promises';

/** A Clock that stands still until a test moves it. */
export interface FakeClock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Moves the time forward. Each sleep that ends on the way ends at its own moment, in order, and what waited for
   * it runs (and may sleep again) before time goes on.
   */
  advance(ms: number): Promise<void>;
  /** How many sleeps are under way: tells a test that the code has come to its pause. */
  readonly sleeping: number;
}

interface Sleeper {
  readonly until: number;
  wake(): void;
}

/** Makes a clock that shows `start` milliseconds. Default: 2026-01-01T00:00:00Z. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  const sleepers = new Set<Sleeper>();

  const next = (until: number): Sleeper | undefined =>
    [...sleepers].filter((sleeper) => sleeper.until <= until).sort((a, b) => a.until - b.until)[0];

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const abort = () => {
          sleepers.delete(sleeper);
          reject(signal!.reason as Error);
        };
        const sleeper: Sleeper = {
          until: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      }),
    advance: async (ms) => {
      const until = now + ms;
      await setImmediate();
      for (let sleeper = next(until); sleeper; sleeper = next(until)) {
        now = Math.max(now, sleeper.until);
        sleeper.wake();
        await setImmediate();
      }
      now = until;
    },
    get sleeping() {
      return sleepers.size;
    },
  };
}
