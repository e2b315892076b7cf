import type { Clock } from '@own-kube/process';
import { exponentialDelay } from './backoff';
import { createDelayedKeys } from './delayed-keys';

export interface WorkQueueOptions {
  clock: Clock;
  /** The delay of a key's first retry, in milliseconds; each further one is twice as long. Default 5. */
  baseDelayMs?: number;
  /** No retry waits longer, in milliseconds. Default 1,000,000. */
  maxDelayMs?: number;
}

/**
 * Keys of objects that need work. A key waits once, however often it is added; it is never handed to two workers at
 * a time; added while a worker has it, it is handed out again afterwards.
 */
export interface WorkQueue<K> {
  add(key: K): void;
  /** Adds the key after a while. Of several delays the one that ends first counts. */
  addAfter(key: K, delayMs: number): void;
  /** Adds the key after its back-off: 5 ms, 10 ms, 20 ms, ... since it was last forgotten. */
  retry(key: K): void;
  /** The work on the key went well: its next back-off is the shortest again. */
  forget(key: K): void;
  /** The next key, as soon as there is one; undefined once the queue is closed. `done` must follow. */
  get(): Promise<K | undefined>;
  /** The worker that got the key has ended its work, well or not. */
  done(key: K): void;
  /** Ends every wait; nothing is handed out any more. */
  close(): void;
  /** How many keys wait for a worker now, without those that are delayed. */
  readonly length: number;
}

/** Makes an empty queue. Keys are compared as a Set compares them: take strings. */
export function createWorkQueue<K>(options: WorkQueueOptions): WorkQueue<K> {
  const { clock, baseDelayMs: baseMs = 5, maxDelayMs: maxMs = 1_000_000 } = options;
  const ready: K[] = [];
  /** Needs work: is in `ready`, or follows after the work that is under way. */
  const dirty = new Set<K>();
  const working = new Set<K>();
  const failures = new Map<K, number>();
  const waiting: ((key: K | undefined) => void)[] = [];
  let closed = false;

  const handOut = () => {
    while (waiting.length > 0 && ready.length > 0) {
      const key = ready.shift()!;
      dirty.delete(key);
      working.add(key);
      waiting.shift()!(key);
    }
  };
  const makeReady = (key: K) => {
    ready.push(key);
    handOut();
  };
  const add = (key: K) => {
    if (dirty.has(key) || closed) return;
    dirty.add(key);
    if (!working.has(key)) makeReady(key);
  };
  const delayed = createDelayedKeys({ clock, onDue: add });

  return {
    add,
    addAfter: (key, delayMs) => delayed.add(key, delayMs),
    retry: (key) => {
      const failed = failures.get(key) ?? 0;
      failures.set(key, failed + 1);
      delayed.add(key, exponentialDelay(failed, { baseMs, maxMs }));
    },
    forget: (key) => void failures.delete(key),
    get: () =>
      new Promise((resolve) => {
        if (closed) return resolve(undefined);
        waiting.push(resolve);
        handOut();
      }),
    done: (key) => {
      working.delete(key);
      if (dirty.has(key)) makeReady(key);
    },
    close: () => {
      closed = true;
      delayed.close();
      for (const resolve of waiting.splice(0)) resolve(undefined);
    },
    get length() {
      return ready.length;
    },
  };
}
