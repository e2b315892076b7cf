import type { Entry, StorageEvent } from '../storage/storage';
import { CacheEvent } from './cache-event';
import { CachedObject, type CachedKind } from './cached-object';
import { History, type HistoryLimits } from './history';
import { SortedMap } from './sorted-map';
import { Waiters } from './waiters';

/** The objects of one kind as of the newest change that was seen, and the changes that led there. */
export class KindCache {
  /** By their keys in the store. */
  readonly objects = new SortedMap<CachedObject>();
  /** Those who watch this kind: woken after each change, and when nothing has changed for a while. */
  readonly watchers = new Waiters();
  private events: History<CacheEvent>;
  private knownSince = 0;
  private changedAt = 0;

  constructor(
    readonly of: CachedKind,
    private readonly limits?: HistoryLimits,
  ) {
    this.events = new History(limits);
  }

  /** The changes that are kept. Another one after the cache had to begin anew: then nothing links the two. */
  get history(): History<CacheEvent> {
    return this.events;
  }

  /** Every change after this revision is in the history. */
  get since(): number {
    return this.knownSince;
  }

  /** The revision of the newest change. */
  get changed(): number {
    return this.changedAt;
  }

  /** Begins anew with what there is at a revision. */
  reset(entries: readonly Entry[], revision: number): void {
    this.objects.reset(entries.map((entry) => [entry.key, this.toObject(entry)] as const));
    this.events = new History(this.limits);
    this.knownSince = revision;
    this.changedAt = revision;
    this.watchers.wakeAll();
  }

  /** Takes note of a change. Watchers are woken by the caller, once for all changes that came together. */
  apply(event: StorageEvent, now: number): void {
    const previous = this.objects.get(event.key);
    const current = event.type === 'put' ? this.toObject(event) : undefined;
    if (!previous && !current) return;
    if (current) this.objects.set(event.key, current);
    else this.objects.delete(event.key);
    this.changedAt = event.revision;
    const dropped = this.events.push(new CacheEvent(event.revision, current, previous), now);
    this.knownSince = dropped.at(-1)?.revision ?? this.knownSince;
  }

  private toObject({ key, value, revision }: Entry): CachedObject {
    return new CachedObject(this.of, key, value, revision);
  }
}
