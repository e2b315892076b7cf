/** Someone who waits again and again for the next wake-up. A wake-up that comes between two waits is not lost. */
export class Waiter {
  private woken = false;
  private resolve: (() => void) | undefined;

  wake(): void {
    this.woken = true;
    this.resolve?.();
    this.resolve = undefined;
  }

  /** Resolves at the next wake-up, or at once if there was one since the last wait. */
  async next(): Promise<void> {
    if (!this.woken) await new Promise<void>((resolve) => (this.resolve = resolve));
    this.woken = false;
  }
}

/** All who wait for the same thing. */
export class Waiters {
  private readonly all = new Set<Waiter>();

  get size(): number {
    return this.all.size;
  }

  /** A new waiter, until `leave`. An abort wakes it too. */
  join(signal: AbortSignal): { waiter: Waiter; leave: () => void } {
    const waiter = new Waiter();
    const wake = () => waiter.wake();
    this.all.add(waiter);
    signal.addEventListener('abort', wake, { once: true });
    const leave = () => {
      this.all.delete(waiter);
      signal.removeEventListener('abort', wake);
    };
    return { waiter, leave };
  }

  wakeAll(): void {
    for (const waiter of this.all) waiter.wake();
  }
}
