/** Waiting in tests, for what happens rather than for a time. */

/** A promise and what settles it. */
export const deferred = <T = void>() => Promise.withResolvers<T>();

/** What a promise rejects with. */
export const failureOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error as Error,
  );

/** The first so many of a stream, which is then left. */
export async function take<T>(stream: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const each of stream) if (taken.push(each) === count) break;
  return taken;
}
