import { randomUUID } from 'node:crypto';
import { ApiError, type ApiObject, type Kind, mergePatch, type ObjectMeta, PatchType } from '@own-kube/api';
import { keyOf, keyOfRef } from '../key-of';
import type { CallOptions, KindClient } from '../kind-client';
import { compileSelection } from './fake-selection';
import { type HistoryEvent, watchHistory } from './fake-watch';
import type { FakeWorld } from './fake-world';

/** What an object looks like to whoever does not know its kind. */
type AnyObject = ApiObject & { status?: unknown };

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
  const store = { kind, world, objects, history };

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
      const isSelected = compileSelection(kind, request);
      const items = [...objects.values()].filter(isSelected);
      return { metadata: { resourceVersion: String(world.revision) }, items: structuredClone(items) };
    },
    watch: (request = {}, { signal }: CallOptions = {}) => watchHistory(store, request, signal),
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
    patch: async ({ namespace, name, type, patch, subresource }) => {
      world.assertUp();
      // The server's patches are of JSON; here a merge patch of the message itself is enough.
      if (type !== PatchType.PATCH_TYPE_MERGE)
        throw new ApiError('Unimplemented', 'The fake api-server knows merge patches alone.');
      const old = existing({ namespace, name });
      const value: unknown = typeof patch === 'string' ? JSON.parse(patch) : patch;
      return replace(mergePatch(old, value) as T, (current, next) =>
        subresource ? { ...current, status: next.status } : { ...next, status: current.status },
      );
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
