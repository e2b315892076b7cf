/** How leases are shared: what is written within a twentieth of its time to live ends together. */
export interface SharedLeasesDeps {
  /** Makes a lease of so many seconds; resolves to its id. */
  readonly grant: (ttlSeconds: number) => Promise<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Shared {
  readonly id: Promise<string>;
  /** Until then others may join it. */
  readonly until: number;
}

const share = 1 / 20;

/** The leases of etcd that keys with a time to live are put under: one for many keys, as each costs etcd a timer. */
export class SharedLeases {
  private readonly current = new Map<number, Shared>();

  constructor(private readonly deps: SharedLeasesDeps) {}

  /** A lease that ends after the time to live at the earliest, and somewhat later at the latest. */
  idFor(ttlSeconds: number): Promise<string> {
    const now = this.deps.now();
    const there = this.current.get(ttlSeconds);
    if (there && now < there.until) return there.id;
    const window = Math.floor(ttlSeconds * share);
    const made = { id: this.deps.grant(ttlSeconds + window), until: now + window * 1000 };
    this.current.set(ttlSeconds, made);
    made.id.catch(() => this.forget(made));
    return made.id;
  }

  /** Makes new leases from now on: etcd no longer knows the old ones. */
  forgetAll(): void {
    this.current.clear();
  }

  private forget(made: Shared): void {
    for (const [ttl, shared] of this.current) if (shared === made) this.current.delete(ttl);
  }
}
