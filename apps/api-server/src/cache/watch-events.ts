import { ApiError } from '@own-kube/api';
import type { Clock } from '@own-kube/process';
import { Encoded } from '@own-kube/rpc';
import type { CacheEvent } from './cache-event';
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
  const { cache } = deps;
  const { selection, signal } = options;
  const { history } = cache;
  const { waiter, leave } = cache.watchers.join(signal);
  try {
    let place = options.after === undefined ? history.next : startAfter(deps, options.after);
    if (options.after === undefined) yield* initialObjects(deps, options);
    let lastSent = deps.clock.now();
    while (!signal.aborted) {
      for (; place < history.next && !signal.aborted; place += 1) {
        if (cache.history !== history) throw tooOld('the changes in between are not known any more');
        const event = history.at(place);
        if (!event) throw tooOld('the watcher was too slow');
        const encoded = encodeFor(event, selection);
        if (!encoded) continue;
        yield encoded;
        lastSent = deps.clock.now();
      }
      if (cache.history !== history) throw tooOld('the changes in between are not known any more');
      if (options.bookmarks && deps.clock.now() - lastSent >= bookmarkMs) {
        yield new Encoded(encodeBookmark(deps.revision()));
        lastSent = deps.clock.now();
      }
      if (place === history.next) await waiter.next();
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

/** The place in the history of the first change after a revision. */
function startAfter({ cache }: WatchDeps, revision: number): number {
  if (revision < cache.since)
    throw tooOld(`resourceVersion ${revision} is too old, the oldest known is ${cache.since}`);
  const { history } = cache;
  let low = history.first;
  let high = history.next;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (history.at(middle)!.revision <= revision) low = middle + 1;
    else high = middle;
  }
  return low;
}

const tooOld = (why: string): ApiError =>
  new ApiError('Expired', `The watch cannot go on: ${why}. List again and watch from there.`);
