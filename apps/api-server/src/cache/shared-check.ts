/**
 * Lets all who ask at about the same time share one check. The answer to a check that has begun already may be older
 * than the question, so those who come while one is under way share the next.
 */
export class SharedCheck<T> {
  private running: Promise<T> | undefined;
  private queued: Promise<T> | undefined;

  constructor(private readonly check: () => Promise<T>) {}

  /** The outcome of a check that began after this call. */
  ask(): Promise<T> {
    if (!this.running) return this.start();
    return (this.queued ??= this.afterRunning());
  }

  private start(): Promise<T> {
    const running = this.check().finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  private async afterRunning(): Promise<T> {
    await this.running?.then(
      () => undefined,
      // Whoever asked for that check is told.
      () => undefined,
    );
    this.queued = undefined;
    return this.start();
  }
}
