import type { Clock } from '@own-kube/process';

/** Keys that become due after a while. */
export interface DelayedKeys<K> {
  /** Of several delays of a key the one that ends first counts. */
  add(key: K, delayMs: number): void;
  /** Forgets them all. */
  close(): void;
}

/** Makes an empty set of delayed keys. */
export function createDelayedKeys<K>(options: { clock: Clock; onDue: (key: K) => void }): DelayedKeys<K> {
  const { clock, onDue } = options;
  const due = new Map<K, number>();
  const closed = new AbortController();

  const wake = (key: K, at: number) => {
    // Another moment on record: an earlier delay took this one's place.
    if (due.get(key) !== at) return;
    due.delete(key);
    onDue(key);
  };
  return {
    add: (key, delayMs) => {
      const at = clock.now() + delayMs;
      if (delayMs <= 0) return onDue(key);
      if ((due.get(key) ?? Infinity) <= at || closed.signal.aborted) return;
      due.set(key, at);
      // The only way for this sleep to fail is that all are forgotten.
      void clock.sleep(delayMs, closed.signal).then(
        () => wake(key, at),
        () => due.delete(key),
      );
    },
    close: () => closed.abort(new Error('The delays were given up.')),
  };
}
