/** Turns callbacks into an async iterable: what is pushed comes out in order, an error or the end last. */
export class EventStream<T> implements AsyncIterable<T> {
  private readonly items: T[] = [];
  private over: { error?: Error | undefined } | undefined;
  private wake: (() => void) | undefined;

  push(item: T): void {
    this.items.push(item);
    this.wake?.();
  }

  /** Ends the stream after what was pushed before; only the first end counts. */
  end(error?: Error): void {
    this.over ??= { error };
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.items.length > 0) yield this.items.shift()!;
      if (this.over?.error) throw this.over.error;
      if (this.over) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
