export interface BackoffOptions {
  /** The first delay, in milliseconds. */
  baseMs: number;
  /** No delay is longer, in milliseconds. */
  maxMs: number;
  /** A number from 0 to below 1. Default: Math.random. */
  random?: () => number;
}

/** Delays that grow. */
export interface Backoff {
  /** The next delay: twice the one before, of which a random half is taken off so that many do not come at once. */
  next(): number;
  /** Begins again with the first delay. */
  reset(): void;
}

/** The n-th delay (from 0) of a doubling row. */
export const exponentialDelay = (failures: number, { baseMs, maxMs }: { baseMs: number; maxMs: number }) =>
  Math.min(maxMs, baseMs * 2 ** failures);

/** Delays from half of `baseMs` up to `maxMs`. */
export function createBackoff({ baseMs, maxMs, random = Math.random }: BackoffOptions): Backoff {
  let failures = 0;
  return {
    next: () => exponentialDelay(failures++, { baseMs, maxMs }) * (1 - random() / 2),
    reset: () => {
      failures = 0;
    },
  };
}
