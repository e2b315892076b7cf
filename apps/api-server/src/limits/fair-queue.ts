/**
 * Who is next: so many run at a time, and of those who wait each flow gets its turn. A flow that asks for much waits for
 * itself alone; one that asks for little waits at most for one of every other flow. Pure: time passes outside.
 */
export interface FairQueueLimits {
  /** How many run at a time. */
  readonly seats: number;
  /** How many of one flow wait at most. */
  readonly queue: number;
}

/** See the head of this file. `T` is what waits. */
export class FairQueue<T> {
  private running = 0;
  /** By flow, in the order of their turns. A flow without anyone who waits is not here. */
  private readonly lines = new Map<string, T[]>();

  constructor(private readonly limits: FairQueueLimits) {}

  /** How many wait. */
  get waiting(): number {
    return [...this.lines.values()].reduce((sum, line) => sum + line.length, 0);
  }

  /** Takes a seat if there is one; then `done` gives it back. */
  tryTake(): boolean {
    if (this.running >= this.limits.seats) return false;
    this.running += 1;
    return true;
  }

  /** Waits for a seat, unless too many of its flow do already. */
  join(flow: string, who: T): boolean {
    const line = this.lines.get(flow);
    if (line && line.length >= this.limits.queue) return false;
    if (line) line.push(who);
    else this.lines.set(flow, [who]);
    return true;
  }

  /** Gives a seat back, and returns who gets it: undefined if nobody waits. */
  done(): T | undefined {
    const next = this.lines.entries().next();
    if (next.done) {
      this.running -= 1;
      return undefined;
    }
    const [flow, line] = next.value;
    const who = line.shift();
    this.lines.delete(flow);
    // The next turn is everybody else's first.
    if (line.length > 0) this.lines.set(flow, line);
    return who;
  }

  /** Waits no longer. False if it did not wait, because it has its seat. */
  leave(flow: string, who: T): boolean {
    const line = this.lines.get(flow);
    const at = line?.indexOf(who) ?? -1;
    if (!line || at < 0) return false;
    line.splice(at, 1);
    if (line.length === 0) this.lines.delete(flow);
    return true;
  }
}
