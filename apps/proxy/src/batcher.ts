/** What came in while the last round ran shares the next one: one fsync, one command, for all of them. */

/** What became of one item: its own error, or undefined. */
export type Outcome = Error | undefined;

/** Does all items at once. Rejects where all of them failed, or returns one outcome for each, in order. */
export type RunBatch<T> = (items: readonly T[]) => Promise<readonly Outcome[]>;

/** Resolves when the item is done, rejects with its error. */
export type Batcher<T> = (item: T) => Promise<void>;

interface Waiting<T> extends PromiseWithResolvers<void> {
  readonly item: T;
}

/** Makes a batcher: rounds follow each other and never overlap; the first item starts one at once. */
export function createBatcher<T>(run: RunBatch<T>, { most = Infinity } = {}): Batcher<T> {
  const waiting: Waiting<T>[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) await round(waiting.splice(0, most));
    running = false;
  }

  async function round(batch: Waiting<T>[]): Promise<void> {
    try {
      const outcomes = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, i) => (outcomes[i] ? reject(outcomes[i]) : resolve()));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }

  return (item) => {
    const entry = { item, ...Promise.withResolvers<void>() };
    waiting.push(entry);
    if (!running) void drain();
    return entry.promise;
  };
}
