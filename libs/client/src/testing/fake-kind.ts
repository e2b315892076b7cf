import { randomUUID } from 'node:crypto';
import { ApiError, type ApiObject, type Kind, type ObjectMeta, type WatchRequest } from '@own-kube/api';
import { keyOf, keyOfRef } from '../key-of';
import type { CallOptions, KindClient, WatchEvent } from '../kind-client';
import { isSelected } from './fake-selection';
import type { FakeWorld } from './fake-world';

/** What an object looks like to whoever does not know its kind. */
type AnyObject = ApiObject & { status?: unknown };

interface HistoryEvent<T> {
  revision: number;
  object: T;
  old?: T | undefined;
  deleted: boolean;
}

/** A fake kind, and the ways in for what only some kinds have. */
export interface FakeKind<T extends ApiObject> extends KindClient<T> {
  /** Reads the newest of an object, changes it, and writes it as one step. */
  change(ref: { namespace?: string | undefined; name?: string | undefined }, change: (current: T) => T): T;
}

/**
 * One kind of a fake api-server: a Map, with the versions, preconditions, histories and watches of the real one, and
 * without its validation.
 */
export function createFakeKind<T extends ApiObject>(kind: Kind<T>, world: FakeWorld): FakeKind<T> {
  const objects = new Map<string, T>();
  const history: HistoryEvent<T>[] = [];

  const defaultNamespace = (meta: ObjectMeta | undefined) =>
    kind.namespaced ? { namespace: meta?.namespace || 'default' } : {};
  const existing = (ref: { namespace?: string | undefined; name?: string | undefined }): T => {
    const namespace = kind.namespaced ? ref.namespace || 'default' : undefined;
    const object = objects.get(keyOfRef({ namespace, name: ref.name }));
    if (!object)
      throw new ApiError('NotFound', `${kind.kind} ${keyOfRef({ namespace, name: ref.name })} not found.`);
    return object;
  };
  /** Gives the object a new version and keeps the change. */
  const write = (next: T, { old, deleted = false }: { old?: T | undefined; deleted?: boolean }): T => {
    const revision = ++world.revision;
    const object = kind.type.fromPartial(next as never);
    object.metadata = { ...object.metadata!, resourceVersion: String(revision) };
    if (deleted) objects.delete(keyOf(object));
    else objects.set(keyOf(object), object);
    history.push({ revision, object, old, deleted });
    world.changed();
    return structuredClone(object);
  };
  const replace = (next: T, merge: (current: AnyObject, next: AnyObject) => AnyObject): T => {
    const old = existing(next.metadata ?? {});
    assertPreconditions(kind, old, next.metadata ?? {});
    return write(merge(old, next) as T, { old });
  };

  async function* watch(request: WatchRequest, signal?: AbortSignal): AsyncIterable<WatchEvent<T>> {
    let seen = Number(request.resourceVersion ?? 0);
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
      const all = [...objects.values()].filter((object) => isSelected(object, request));
      for (const object of all) yield { type: 'ADDED', object: structuredClone(object) };
    }
    if (seen < world.compacted) throw new ApiError('Expired', `Version ${seen} is too old.`);
    let position = history.filter(({ revision }) => revision <= seen).length;
    for (;;) {
      while (position < history.length) {
        const sent = asSeenThrough(request, history[position++]!);
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

  return {
    kind,
    create: async (object) => {
      world.assertUp();
      const metadata = { ...object.metadata!, ...defaultNamespace(object.metadata), uid: randomUUID() };
      const next = { ...object, metadata };
      if (objects.has(keyOf(next)))
        throw new ApiError('AlreadyExists', `${kind.kind} ${keyOf(next)} exists already.`);
      return write(next, {});
    },
    get: async (request) => {
      world.assertUp();
      return structuredClone(existing(request));
    },
    list: async (request = {}) => {
      world.assertUp();
      const items = [...objects.values()].filter((object) => isSelected(object, request));
      return { metadata: { resourceVersion: String(world.revision) }, items: structuredClone(items) };
    },
    watch: (request = {}, { signal }: CallOptions = {}) => watch(request, signal),
    update: async (object) => {
      world.assertUp();
      return replace(object, (current, next) => ({
        ...next,
        metadata: { ...next.metadata!, uid: current.metadata?.uid },
        status: current.status,
      }));
    },
    updateStatus: async (object) => {
      world.assertUp();
      return replace(object, (current, next) => ({ ...current, status: next.status }));
    },
    delete: async ({ namespace, name, preconditions }) => {
      world.assertUp();
      const old = existing({ namespace, name });
      assertPreconditions(kind, old, preconditions ?? {});
      return write(old, { old, deleted: true });
    },
    change: (ref, change) => {
      world.assertUp();
      const old = existing(ref);
      return write(change(structuredClone(old)), { old });
    },
  };
}

function assertPreconditions(
  { kind }: { kind: string },
  { metadata }: ApiObject,
  expected: { uid?: string | undefined; resourceVersion?: string | undefined },
): void {
  for (const field of ['uid', 'resourceVersion'] as const) {
    if (expected[field] && expected[field] !== metadata?.[field])
      throw new ApiError('Conflict', `${kind} ${keyOf({ metadata })} has another ${field} by now.`);
  }
}

/** The event as a watch with selectors sees it: what stops matching is gone, what starts to match is new. */
function asSeenThrough<T extends ApiObject>(
  request: WatchRequest,
  { object, old, deleted }: HistoryEvent<T>,
): WatchEvent<T> | undefined {
  const before = old !== undefined && isSelected(old, request);
  const after = !deleted && isSelected(object, request);
  if (before && !after) return { type: 'DELETED', object };
  if (after) return { type: before ? 'MODIFIED' : 'ADDED', object };
  return undefined;
}
