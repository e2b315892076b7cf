/**
 * All objects of the registry in memory, fed by one watch of the store. It holds its own place in the store's history
 * and goes on from there after any disconnect; only where the store has forgotten that place does it begin anew, and
 * then ends all watches with OUT_OF_RANGE, because what happened in between cannot be told.
 */
import { isExpired } from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import { kindPrefix, pluralOf, registryPrefix } from '../registry/keys';
import { listAll, type Storage, type WatchBatch } from '../storage/storage';
import type { CachedKind } from './cached-object';
import type { HistoryLimits } from './history';
import { KindCache } from './kind-cache';
import { RevisionWaiters } from './revision-waiters';
import { findStartRevision, historyAtStart } from './start-revision';

export interface WatchCacheDeps {
  readonly storage: Storage;
  readonly kinds: readonly CachedKind[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly limits?: HistoryLimits;
}

const retryMs = { first: 50, most: 1_000 };
const heartbeatMs = 10_000;

/** See the head of this file. */
export class WatchCache {
  private readonly byPlural: ReadonlyMap<string, KindCache>;
  private readonly waiting: RevisionWaiters;
  private seen: number | undefined;
  private loaded = false;
  private trouble: string | undefined = 'the objects have not been read from etcd yet';

  constructor(private readonly deps: WatchCacheDeps) {
    this.waiting = new RevisionWaiters(deps.clock);
    this.byPlural = new Map(
      deps.kinds.map((kind) => [kind.kind.plural, new KindCache(kind, deps.limits)] as const),
    );
  }

  /** All changes up to this revision are in the cache; undefined before the first list. */
  get revision(): number | undefined {
    return this.seen;
  }

  /** Why the cache does not follow the store at this moment; undefined when it does. */
  get problem(): string | undefined {
    return this.trouble;
  }

  /** The cache of one kind. */
  of(plural: string): KindCache {
    return this.byPlural.get(plural)!;
  }

  /** How many watches there are. */
  get watchers(): number {
    return [...this.byPlural.values()].reduce((sum, { watchers }) => sum + watchers.size, 0);
  }

  /** Resolves with true once the cache has seen a revision, with false after a time without. */
  async waitFor(revision: number, timeoutMs: number): Promise<boolean> {
    return this.reached(revision) || this.waiting.wait(revision, timeoutMs);
  }

  /** Whether the cache has seen a revision. */
  reached(revision: number): boolean {
    return this.seen !== undefined && this.seen >= revision;
  }

  /** Follows the store until aborted. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.follow(signal), this.remind(signal)]);
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.deps;
    let delay = retryMs.first;
    while (!signal.aborted) {
      try {
        if (this.seen === undefined) await this.load();
        for await (const batch of this.deps.storage.watch(registryPrefix, this.seen!, signal)) {
          this.trouble = undefined;
          delay = retryMs.first;
          this.apply(batch);
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        // Once is news; the rest of an outage is in /healthz.
        log.log(this.trouble === reason ? 'debug' : 'warn', 'does not follow etcd', {
          reason,
          revision: this.seen,
        });
        this.trouble = reason;
        if (isExpired(error)) this.seen = undefined;
        await pause(clock, delay, signal);
        delay = Math.min(delay * 2, retryMs.most);
      }
    }
  }

  private async load(): Promise<void> {
    const { storage, log } = this.deps;
    // A first start takes over history. After a loss of our place, nobody's place in it is worth anything.
    const start = await findStartRevision(storage, this.loaded ? 0 : historyAtStart);
    const { entries, revision } = await listAll(storage, registryPrefix, start);
    for (const [plural, cache] of this.byPlural) {
      const prefix = kindPrefix(plural);
      cache.reset(
        entries.filter(({ key }) => key.startsWith(prefix)),
        revision,
      );
    }
    this.seen = revision;
    this.loaded = true;
    this.waiting.reached(revision);
    log.info('read all objects from etcd', { objects: entries.length, revision });
  }

  private apply({ events, revision }: WatchBatch): void {
    const now = this.deps.clock.now();
    const changed = new Set<KindCache>();
    for (const event of events) {
      const cache = this.byPlural.get(pluralOf(event.key));
      cache?.apply(event, now);
      if (cache) changed.add(cache);
    }
    this.seen = revision;
    this.waiting.reached(revision);
    for (const cache of changed) cache.watchers.wakeAll();
  }

  /** Wakes all watches from time to time, so that those without news can send a bookmark. */
  private async remind(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(this.deps.clock, heartbeatMs, signal);
      for (const cache of this.byPlural.values()) cache.watchers.wakeAll();
    }
  }
}

/** Sleeps; an abort ends it without an error. */
async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
