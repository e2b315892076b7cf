import { setTimeout } from 'node:timers/promises';

export interface WaitOptions {
  readonly deadlineMs: number;
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/** Asks again and again until the answer is not undefined; undefined when the deadline came first. */
export async function waitFor<T>(
  ask: () => Promise<T | undefined>,
  { deadlineMs, everyMs = 200, signal }: WaitOptions,
): Promise<T | undefined> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || Date.now() >= deadline) return answer;
    await setTimeout(everyMs, undefined, { signal });
  }
}
