import { ApiError, type ApiObject, type Kind, type WatchRequest } from '@own-kube/api';
import type { WatchEvent } from '../kind-client';
import { compileSelection } from './fake-selection';
import type { FakeWorld } from './fake-world';

/** A change that was written. */
export interface HistoryEvent<T> {
  revision: number;
  object: T;
  old?: T | undefined;
  deleted: boolean;
}

/** What a fake kind holds. */
export interface FakeStore<T extends ApiObject> {
  readonly kind: Kind<T>;
  readonly world: FakeWorld;
  readonly objects: ReadonlyMap<string, T>;
  readonly history: readonly HistoryEvent<T>[];
}

/** Streams the changes of a fake kind as the real api-server does; breaks whenever its world does. */
export async function* watchHistory<T extends ApiObject>(
  { kind, world, objects, history }: FakeStore<T>,
  request: WatchRequest,
  signal?: AbortSignal,
): AsyncGenerator<WatchEvent<T>, void, undefined> {
  let seen = Number(request.resourceVersion ?? 0);
  const isSelected = compileSelection(kind, request);
  let bookmarks = world.bookmarks;
  const { breaks } = world;
  const assertUnbroken = () => {
    world.assertUp();
    if (world.breaks !== breaks) throw new ApiError('Unavailable', 'The fake api-server broke the watch.');
    if (signal?.aborted) throw new ApiError('Cancelled', 'The watch was cancelled.');
  };
  assertUnbroken();
  if (seen === 0) {
    seen = world.revision;
    const all = [...objects.values()].filter(isSelected);
    for (const object of all) yield { type: 'ADDED', object: structuredClone(object) };
  }
  if (seen < world.compacted) throw new ApiError('Expired', `Version ${seen} is too old.`);
  let position = history.filter(({ revision }) => revision <= seen).length;
  for (;;) {
    while (position < history.length) {
      const sent = asSeenThrough(isSelected, history[position++]!);
      if (sent) yield structuredClone(sent);
      assertUnbroken();
    }
    if (bookmarks !== world.bookmarks) {
      bookmarks = world.bookmarks;
      const metadata = { resourceVersion: String(world.revision) };
      yield { type: 'BOOKMARK', object: kind.type.fromPartial({ metadata } as never) };
    }
    if (position === history.length) await world.nextChange(signal).catch(assertUnbroken);
    assertUnbroken();
  }
}

/** The event as a watch with selectors sees it: what stops matching is gone, what starts to match is new. */
function asSeenThrough<T extends ApiObject>(
  isSelected: (object: T) => boolean,
  { object, old, deleted }: HistoryEvent<T>,
): WatchEvent<T> | undefined {
  const before = old !== undefined && isSelected(old);
  const after = !deleted && isSelected(object);
  if (before && !after) return { type: 'DELETED', object };
  if (after) return { type: before ? 'MODIFIED' : 'ADDED', object };
  return undefined;
}
