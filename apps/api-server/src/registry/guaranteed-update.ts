import type { ApiObject } from '@own-kube/api';
import type { Entry } from '../storage/storage';
import { type CommitDeps, commitObject, type ObjectWritten } from './commit-object';
import { encodeStored } from './encode-stored';
import { type Guard, planClaims } from './guard';
import { commitGuarded } from './guarded-write';
import type { ObjectRef } from './object-ref';
import type { Strategy } from './strategy';

/** An object with the bytes and the revision that it is stored with. */
export interface Stored<T> {
  readonly object: T;
  readonly value: Uint8Array;
  readonly revision: number;
}

/** What a change makes of an object. */
export type Change<T> =
  { readonly write: T } | { readonly keep: true } | { readonly remove: T; readonly guards: readonly Guard[] };

export interface UpdateDeps<T extends ApiObject> extends CommitDeps<T> {
  /** The object as the cache has it, if it has it: a first guess that saves a read. */
  readonly cached: (key: string) => Entry | undefined;
}

/**
 * The one way to change an object: read, apply a pure function, write if nobody has written meanwhile, else again.
 * Nothing is written when nothing changes. What the function throws is final only when it has seen the object as the
 * store has it at that moment; the cache's copy may be old.
 */
export async function guaranteedUpdate<T extends ApiObject>(
  deps: UpdateDeps<T>,
  { key, text: what }: Pick<ObjectRef, 'key' | 'text'>,
  change: (current: Stored<T> | undefined) => Change<T>,
): Promise<Stored<T>> {
  const { storage, strategy } = deps;
  let entry = deps.cached(key);
  let certain = false;
  for (;;) {
    if (!entry && !certain) [entry, certain] = [await storage.get(key), true];
    const current = entry && toStored(strategy, entry);
    let planned: Change<T> | 'look again' = plan(change, current, certain);
    if (planned === 'look again') {
      [entry, certain] = [await storage.get(key), true];
      continue;
    }
    if ('keep' in planned) {
      if (!entry!.stale) return current!;
      planned = { write: current!.object };
    }
    const { object } = current ?? {};
    const basedOn = entry?.revision ?? 0;
    const result: ObjectWritten<T> =
      'write' in planned
        ? await commitObject(deps, { what, key, current: object, basedOn, next: planned.write, guards: [] })
        : await commitRemoval(deps, { key, basedOn, ...planned });
    if ('revision' in result) return result;
    [entry, certain] = [result.stale, true];
  }
}

/** Takes an object away, and its claims with it. */
async function commitRemoval<T extends ApiObject>(
  { storage, strategy }: CommitDeps<T>,
  removal: { key: string; basedOn: number; remove: T; guards: readonly Guard[] },
): Promise<ObjectWritten<T>> {
  const { key, basedOn, remove, guards } = removal;
  const { writes } = planClaims(strategy, key, { current: remove });
  const result = await commitGuarded(storage, {
    key,
    basedOn,
    writes: [{ delete: key }, ...writes],
    guards,
  });
  if ('stale' in result) return result;
  return { object: remove, value: encodeStored(strategy, remove), revision: result.revision };
}

/** Applies the change; an outcome that ends the update must not rest on a copy that may be old. */
function plan<T>(
  change: (current: Stored<T> | undefined) => Change<T>,
  current: Stored<T> | undefined,
  certain: boolean,
): Change<T> | 'look again' {
  try {
    const planned = change(current);
    return 'keep' in planned && !certain ? 'look again' : planned;
  } catch (error) {
    if (certain) throw error;
    return 'look again';
  }
}

/** An object as it is stored: its resourceVersion is the revision of its entry. */
export function toStored<T extends ApiObject>(
  { kind }: Strategy<T>,
  { value, revision }: Pick<Entry, 'value' | 'revision'>,
): Stored<T> {
  const object = kind.type.decode(value);
  if (object.metadata) object.metadata.resourceVersion = String(revision);
  return { object, value, revision };
}
