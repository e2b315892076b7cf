import type { Clock } from '@own-kube/process';
import { Encoded } from '@own-kube/rpc';
import type { CacheEvent } from './cache-event';
import { Cursor } from './cursor';
import { encodeBookmark, encodeEvent, initialEventsEnd } from './encode';
import type { KindCache } from './kind-cache';
import type { Selection } from './selection';

/** How often an idle watcher gets a bookmark, as upstream. */
const bookmarkMs = 60_000;

/** What to stream, and to whom. */
export interface WatchOptions {
  readonly selection: Selection;
  /** Changes after this revision; undefined: everything there is first, as ADDED. */
  readonly after: number | undefined;
  /** Send a bookmark where there is no news for a minute. */
  readonly bookmarks: boolean;
  /** Send a bookmark after the first objects. */
  readonly markEndOfInitial: boolean;
  readonly signal: AbortSignal;
}

export interface WatchDeps {
  readonly cache: KindCache;
  /** The newest revision that the whole cache has seen. */
  readonly revision: () => number;
  readonly clock: Clock;
}

/**
 * The changes of a kind, encoded. A watcher has no queue: it keeps its place in the history that all share, so a slow
 * one costs nothing, and when its place is no longer kept it is ended as Expired.
 */
export async function* watchEvents(deps: WatchDeps, options: WatchOptions): AsyncGenerator<Encoded> {
  const { cache, clock } = deps;
  const { selection, after, bookmarks, signal } = options;
  const { waiter, leave } = cache.watchers.join(signal);
  try {
    const cursor = new Cursor(cache, after);
    if (after === undefined) yield* initialObjects(deps, options);
    let lastSent = clock.now();
    while (!signal.aborted) {
      const event = cursor.take();
      // Without another change, the watcher has everything that the cache has seen.
      const bookmarkDue = bookmarks && !event && clock.now() - lastSent >= bookmarkMs;
      const next = event ? encodeFor(event, selection) : bookmarkDue && bookmark(deps);
      if (next) {
        yield next;
        lastSent = clock.now();
      } else if (!event) await waiter.next();
    }
  } finally {
    leave();
  }
}

async function* initialObjects(deps: WatchDeps, options: WatchOptions): AsyncGenerator<Encoded> {
  const { selection, markEndOfInitial } = options;
  const revision = deps.revision();
  const objects = [...deps.cache.objects.range(selection.prefix)].filter((object) =>
    selection.matches(object),
  );
  for (const object of objects) yield new Encoded(encodeEvent('ADDED', object.value, object.revision));
  if (markEndOfInitial) yield new Encoded(encodeBookmark(revision, { [initialEventsEnd]: 'true' }));
}

function encodeFor(event: CacheEvent, selection: Selection): Encoded | undefined {
  if (!event.key.startsWith(selection.prefix)) return undefined;
  const type = event.typeFor(selection.matches);
  return type && event.encode(type);
}

const bookmark = ({ revision }: WatchDeps): Encoded => new Encoded(encodeBookmark(revision()));
