import type { ApiObject } from '@own-kube/api';
import type { IndexedStore } from './indexed-store';
import { keyOf } from './key-of';
import type { WatchEvent } from './kind-client';

/** One change of an object. */
export interface Change<T> {
  /** As it is now; of a deleted one its last state. */
  object: T;
  /** As it was before; undefined for one that is new. */
  old?: T | undefined;
  deleted: boolean;
}

/** Makes the store what the list is, and returns what that changed, deletions first. */
export function replaceAll<T extends ApiObject>(store: IndexedStore<T>, items: readonly T[]): Change<T>[] {
  const listed = new Set(items.map(keyOf));
  const gone = [...store.keys()].filter((key) => !listed.has(key));
  return [...gone.flatMap((key) => remove(store, key)), ...items.flatMap((object) => put(store, object))];
}

/** Changes the store by one event, and returns what that changed. */
export function applyEvent<T extends ApiObject>(
  store: IndexedStore<T>,
  { type, object }: WatchEvent<T>,
): Change<T>[] {
  return type === 'DELETED' ? remove(store, keyOf(object), object) : put(store, object);
}

function put<T extends ApiObject>(store: IndexedStore<T>, object: T): Change<T>[] {
  const old = store.get(keyOf(object));
  if (old && old.metadata?.resourceVersion === object.metadata?.resourceVersion) return [];
  // Another object of the same name: the end of the one and the beginning of the other.
  const replaced = old && old.metadata?.uid !== object.metadata?.uid;
  const before = replaced ? remove(store, keyOf(object)) : [];
  store.set(object);
  return [...before, { object, old: replaced ? undefined : old, deleted: false }];
}

function remove<T extends ApiObject>(store: IndexedStore<T>, key: string, last?: T): Change<T>[] {
  const old = store.get(key);
  if (!old) return [];
  store.delete(key);
  return [{ object: last ?? old, old, deleted: true }];
}
