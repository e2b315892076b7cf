/** How much is kept of what has happened: at least so many events, and those of at least so long. */
export interface HistoryLimits {
  readonly events: number;
  readonly ms: number;
  /** Never more than so many, however young. */
  readonly maxEvents: number;
}

/** What a client may rely on when it resumes a watch (upstream's own figures). */
export const historyLimits: HistoryLimits = { events: 1_000, ms: 75_000, maxEvents: 100_000 };

interface Kept<E> {
  readonly event: E;
  readonly at: number;
}

/** The latest events, each with a running number by which a reader keeps its place. */
export class History<E> {
  /** Evicted places at the front are undefined until they are worth cutting off. */
  private kept: (Kept<E> | undefined)[] = [];
  private head = 0;
  private base = 0;

  constructor(private readonly limits: HistoryLimits = historyLimits) {}

  /** The number of the oldest event that is kept. */
  get first(): number {
    return this.base + this.head;
  }

  /** The number that the next event will have. */
  get next(): number {
    return this.base + this.kept.length;
  }

  /** The event of a number; undefined where it is not kept, or has not happened. */
  at(number: number): E | undefined {
    return this.kept[number - this.base]?.event;
  }

  /** Adds an event that happened now, and returns those that fell out. */
  push(event: E, now: number): E[] {
    this.kept.push({ event, at: now });
    const dropped: E[] = [];
    while (this.mayDrop(now)) {
      dropped.push(this.kept[this.head]!.event);
      this.kept[this.head++] = undefined;
    }
    if (this.head > 1_024 && this.head > this.kept.length / 2) this.cut();
    return dropped;
  }

  private mayDrop(now: number): boolean {
    const size = this.kept.length - this.head;
    if (size > this.limits.maxEvents) return true;
    return size > this.limits.events && now - this.kept[this.head]!.at > this.limits.ms;
  }

  private cut(): void {
    this.kept = this.kept.slice(this.head);
    this.base += this.head;
    this.head = 0;
  }
}
