/** The verbs that read, for one kind: from the cache where it is fresh enough, else from the store. */
import { ApiError, type GetRequest, type ListRequest, type WatchRequest } from '@own-kube/api';
import type { Clock } from '@own-kube/process';
import { Encoded } from '@own-kube/rpc';
import { parseContinue } from '../cache/continue-token';
import { type FreshReads, parseVersion } from '../cache/fresh-reads';
import type { KindCache } from '../cache/kind-cache';
import { listFromCache, listFromStorage, type PageRequest } from '../cache/list-objects';
import { withVersion } from '../cache/version-splice';
import type { WatchCache } from '../cache/watch-cache';
import { watchEvents } from '../cache/watch-events';
import { notFound, objectRef } from '../registry/object-ref';
import { selectablePaths } from '../registry/selectable';
import type { Strategy } from '../registry/strategy';
import type { Storage } from '../storage/storage';
import { buildSelection } from './selection';

export interface ReadDeps {
  readonly strategy: Strategy;
  readonly cache: WatchCache;
  readonly fresh: FreshReads;
  readonly storage: Storage;
  readonly clock: Clock;
}

/** See the head of this file. */
export class Reads {
  private readonly kindCache: KindCache;
  private readonly selectable: readonly string[];

  constructor(private readonly deps: ReadDeps) {
    this.kindCache = deps.cache.of(deps.strategy.kind.plural);
    this.selectable = selectablePaths(deps.strategy);
  }

  async get(request: GetRequest): Promise<Encoded> {
    const ref = objectRef(this.deps.strategy.kind, request);
    const fromCache = await this.deps.fresh.fromCache(request.resourceVersion ?? '');
    const found = fromCache ? this.kindCache.objects.get(ref.key) : await this.deps.storage.get(ref.key);
    if (!found) throw notFound(ref);
    return new Encoded(withVersion(found.value, found.revision));
  }

  async list(request: ListRequest): Promise<Encoded> {
    const { storage, cache, fresh } = this.deps;
    const selection = buildSelection(this.kindCache.of, this.selectable, request);
    const limit = Math.max(0, request.limit ?? 0);
    if (request.continue) {
      const from = parseContinue(request.continue, selection.prefix);
      const page: PageRequest = { selection, limit, from };
      return new Encoded(
        this.showsRevision(from.revision)
          ? listFromCache(this.kindCache, from.revision, page)
          : await listFromStorage(storage, this.kindCache, page),
      );
    }
    const fromCache = await fresh.fromCache(request.resourceVersion ?? '');
    return new Encoded(
      fromCache
        ? listFromCache(this.kindCache, cache.revision!, { selection, limit })
        : await listFromStorage(storage, this.kindCache, { selection, limit }),
    );
  }

  async *watch(request: WatchRequest, signal: AbortSignal): AsyncGenerator<Encoded> {
    const { cache, clock } = this.deps;
    const selection = buildSelection(this.kindCache.of, this.selectable, request);
    const version = request.resourceVersion ?? '';
    const fromStart = version === '' || version === '0' || request.sendInitialEvents === true;
    await this.prepareWatch(version);
    yield* watchEvents(
      { cache: this.kindCache, revision: () => cache.revision!, clock },
      {
        selection,
        after: fromStart ? undefined : parseVersion(version),
        bookmarks: request.allowWatchBookmarks ?? false,
        markEndOfInitial: request.sendInitialEvents ?? false,
        signal,
      },
    );
  }

  /** Waits until the cache has what the watch begins with. */
  private async prepareWatch(version: string): Promise<void> {
    const { fresh, cache } = this.deps;
    if (await fresh.fromCache(version)) return;
    // The store's revision is someone else's write: what the cache has is as new as it gets, once it is filled.
    if (cache.revision === undefined || cache.problem)
      throw new ApiError(
        'Unavailable',
        `The api-server cannot watch now: ${cache.problem ?? 'it is starting'}.`,
      );
  }

  /** Whether the cache still shows what there was at a revision. */
  private showsRevision(revision: number): boolean {
    return this.kindCache.changed <= revision && this.deps.cache.reached(revision);
  }
}
