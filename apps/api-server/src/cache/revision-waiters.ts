import type { Clock } from '@own-kube/process';

interface Waiting {
  readonly revision: number;
  readonly deadline: number;
  readonly done: (reached: boolean) => void;
}

/** How often is looked for those whose time is up, in milliseconds. One timer serves all. */
const tickMs = 25;

/** Reads that wait until the cache has seen a revision. */
export class RevisionWaiters {
  private waiting: Waiting[] = [];
  private ticking = false;

  constructor(private readonly clock: Clock) {}

  /** True once the revision is reached, false after a time without. */
  wait(revision: number, timeoutMs: number): Promise<boolean> {
    const deadline = this.clock.now() + timeoutMs;
    const reached = new Promise<boolean>((done) => this.waiting.push({ revision, deadline, done }));
    if (!this.ticking) void this.tick();
    return reached;
  }

  /** Lets go all who wait for this revision or an older one. */
  reached(revision: number): void {
    this.release((waiting) => waiting.revision <= revision, true);
  }

  private async tick(): Promise<void> {
    this.ticking = true;
    while (this.waiting.length > 0) {
      await this.clock.sleep(tickMs);
      const now = this.clock.now();
      this.release((waiting) => waiting.deadline <= now, false);
    }
    this.ticking = false;
  }

  private release(which: (waiting: Waiting) => boolean, reached: boolean): void {
    if (this.waiting.length === 0) return;
    const released = this.waiting.filter(which);
    if (released.length === 0) return;
    this.waiting = this.waiting.filter((waiting) => !which(waiting));
    for (const waiting of released) waiting.done(reached);
  }
}
