import type { Clock } from '@own-kube/process';
import type { WorkQueue } from '@own-kube/client';

/**
 * The pods that no node could take. They are tried again when something has changed that may help, yet each the less
 * often the more often it has failed: 1 s, 2 s, 4 s, 8 s, 10 s after its last try at the earliest; and without any
 * change once a minute, in case one was missed.
 */
export interface WaitingPods {
  /** No node could take the pod. */
  add(key: string): void;
  has(key: string): boolean;
  /** The pod is bound or gone. */
  delete(key: string): void;
  /** Something has changed that may help. */
  retryAll(): void;
}

const firstPauseMs = 1_000;
const longestPauseMs = 10_000;
const retryAnywayMs = 60_000;

/** Makes an empty set of waiting pods; the queue is where they are put to be tried again. */
export function createWaitingPods(options: { queue: WorkQueue<string>; clock: Clock }): WaitingPods {
  const { queue, clock } = options;
  const waiting = new Map<string, { tries: number; notBefore: number }>();
  return {
    add: (key) => {
      const tries = waiting.get(key)?.tries ?? 0;
      const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** tries);
      waiting.set(key, { tries: tries + 1, notBefore: clock.now() + pause });
      queue.addAfter(key, retryAnywayMs);
    },
    has: (key) => waiting.has(key),
    delete: (key) => void waiting.delete(key),
    retryAll: () => {
      for (const [key, { notBefore }] of waiting) queue.addAfter(key, notBefore - clock.now());
    },
  };
}
