import type { ApiObject } from '@own-kube/api';
import { keyOf } from './key-of';

/** The values under which an index finds an object: its node's name, its owners' uids; none leaves it out. */
export type IndexFunction<T> = (object: T) => readonly string[];

/** Objects by key, and by what the given indexes find in them. */
export interface IndexedStore<T> {
  get(key: string): T | undefined;
  list(): T[];
  keys(): Iterable<string>;
  by(index: string, value: string): T[];
  /** Puts the object in the place of the one with its key. */
  set(object: T): void;
  delete(key: string): void;
}

/** Makes an empty store. */
export function createIndexedStore<T extends ApiObject>(
  indexes: Readonly<Record<string, IndexFunction<T>>> = {},
): IndexedStore<T> {
  const objects = new Map<string, T>();
  const found = new Map(Object.keys(indexes).map((name) => [name, new Map<string, Map<string, T>>()]));

  const remove = (key: string) => {
    const old = objects.get(key);
    if (!old) return;
    objects.delete(key);
    for (const [name, values] of found) {
      for (const value of indexes[name]!(old)) {
        const group = values.get(value);
        group?.delete(key);
        if (group?.size === 0) values.delete(value);
      }
    }
  };

  return {
    get: (key) => objects.get(key),
    list: () => [...objects.values()],
    keys: () => objects.keys(),
    by: (name, value) => {
      const values = found.get(name);
      if (!values)
        throw new Error(`There is no index "${name}", only ${[...found.keys()].join(', ') || 'none'}.`);
      return [...(values.get(value)?.values() ?? [])];
    },
    set: (object) => {
      const key = keyOf(object);
      remove(key);
      objects.set(key, object);
      for (const [name, values] of found) {
        for (const value of indexes[name]!(object)) {
          const group = values.get(value) ?? new Map<string, T>();
          values.set(value, group.set(key, object));
        }
      }
    },
    delete: remove,
  };
}
