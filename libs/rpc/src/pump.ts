/** What messages are written to: a Writable, as far as it matters here. */
export interface Sink<T> {
  write(message: T): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/** Messages on their way. */
export interface Pumping {
  /** Resolves when the last message is written, rejects with the iterator's error or the reason of the stop. */
  readonly done: Promise<void>;
  /** Ends it at once, and the iterator by return(). */
  stop(reason: Error): void;
}

/**
 * Writes each of the messages, and asks for the next only while the other side keeps up: the iterator is at most one
 * message ahead of the sink's buffer. `late` is given what the iterator throws after the stop.
 */
export function pump<T, U>(
  messages: AsyncIterable<T>,
  encode: (message: T) => U,
  { sink, late }: { sink: Sink<U>; late: (error: unknown) => void },
): Pumping {
  const iterator = messages[Symbol.asyncIterator]();
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  let stopped = false;

  const stop = (reason: unknown) => {
    if (stopped) return;
    stopped = true;
    reject(reason);
    // A generator that waits for something returns only after that: nobody waits for it here.
    Promise.resolve(iterator.return?.()).catch(late);
  };
  const write = ({ done: last, value }: IteratorResult<T, unknown>) => {
    if (stopped) return;
    if (last) {
      stopped = true;
      resolve();
    } else if (sink.write(encode(value))) next();
    else sink.once('drain', next);
  };
  const next = () => {
    if (stopped) return;
    iterator
      .next()
      .then(write)
      .catch((error: unknown) => (stopped ? late(error) : stop(error)));
  };
  next();
  return { done, stop };
}
