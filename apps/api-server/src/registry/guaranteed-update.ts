import type { ApiObject } from '@own-kube/api';
import type { Entry, WritableStorage } from '../storage/storage';
import { commitGuarded } from './guarded-write';
import { type Guard, planClaims } from './guard';
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

export interface UpdateDeps<T extends ApiObject> {
  readonly storage: WritableStorage;
  readonly strategy: Strategy<T>;
  /** The object as the cache has it, if it has it: a first guess that saves a read. */
  readonly cached: (key: string) => Entry | undefined;
}

/**
 * The one way to change an object: read, apply a pure function, write if nobody has written meanwhile, else again.
 * Nothing is written when nothing changes. What the function throws is final only when it has seen the object as the
 * store has it at that moment; the cache's copy may be old.
 */
export async function guaranteedUpdate<T extends ApiObject>(
  { storage, strategy, cached }: UpdateDeps<T>,
  key: string,
  change: (current: Stored<T> | undefined) => Change<T>,
): Promise<Stored<T>> {
  let entry = cached(key);
  let certain = false;
  for (;;) {
    if (!entry && !certain) [entry, certain] = [await storage.get(key), true];
    const current = entry && toStored(strategy, entry);
    let planned = plan(change, current, certain);
    if (planned === 'look again') {
      [entry, certain] = [await storage.get(key), true];
      continue;
    }
    if ('keep' in planned) {
      if (!entry!.stale) return current!;
      planned = { write: current!.object };
    }
    const next = 'write' in planned ? planned.write : planned.remove;
    const value = encodeStored(strategy, next);
    const claims = planClaims(strategy, key, {
      current: current?.object,
      next: 'write' in planned ? next : undefined,
    });
    const result = await commitGuarded(storage, {
      key,
      basedOn: entry?.revision ?? 0,
      writes: ['write' in planned ? { put: key, value } : { delete: key }, ...claims.writes],
      guards: [...claims.guards, ...('remove' in planned ? planned.guards : [])],
    });
    if ('revision' in result) return { object: next, value, revision: result.revision };
    [entry, certain] = [result.stale, true];
  }
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

/** The bytes to store, in which the resourceVersion is not. */
export const encodeStored = <T extends ApiObject>({ kind }: Strategy<T>, object: T): Uint8Array =>
  kind.type
    .encode({ ...object, metadata: object.metadata && { ...object.metadata, resourceVersion: undefined } })
    .finish();
