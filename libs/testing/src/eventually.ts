import { setTimeout as delay } from 'node:timers/promises';

export interface EventuallyOptions {
  /** How long to try, in milliseconds. Default 10,000. */
  timeoutMs?: number;
  /** The pause between two tries, in milliseconds. Default 25. */
  intervalMs?: number;
}

/**
 * Waits until a condition holds: calls `check` until it neither throws nor returns false, and returns what it
 * returned. At the deadline it fails with the last failure, so that a test says what was missing.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs = 25 }: EventuallyOptions = {},
): Promise<Exclude<T, false>> {
  const deadline = performance.now() + timeoutMs;
  let failure: unknown = 'the condition stayed false';
  do {
    try {
      const result = await check();
      if (result !== false) return result as Exclude<T, false>;
    } catch (error) {
      failure = error;
    }
    await delay(intervalMs);
  } while (performance.now() < deadline);
  const reason = failure instanceof Error ? failure.message : String(failure);
  throw new Error(`Not so after ${timeoutMs} ms: ${reason}`, { cause: failure });
}
