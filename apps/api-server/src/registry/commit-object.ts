import { type ApiObject, invalid } from '@own-kube/api';
import type { ClaimPicker } from '../claims/claim-picker';
import type { Entry, WritableStorage } from '../storage/storage';
import { encodeStored } from './encode-stored';
import { ClaimTakenError, type Guard, planClaims } from './guard';
import { commitGuarded } from './guarded-write';
import { claimKey } from './keys';
import type { Strategy } from './strategy';

export interface CommitDeps<T extends ApiObject> {
  readonly storage: WritableStorage;
  readonly strategy: Strategy<T>;
  readonly claims: ClaimPicker;
}

/** An object to be written. */
export interface ObjectWrite<T> {
  /** For people: Service "web" in namespace "default". */
  readonly what: string;
  readonly key: string;
  /** The object as it is, if it is, and its revision; else 0. */
  readonly current?: T | undefined;
  readonly basedOn: number;
  readonly next: T;
  readonly guards: readonly Guard[];
}

/** The object as it was written, or what is there instead of what it was based on. */
export type ObjectWritten<T> =
  | { readonly object: T; readonly value: Uint8Array; readonly revision: number }
  | { readonly stale: Entry | undefined };

/** Writes an object together with its claims; what it leaves open is picked, and picked again where someone was faster. */
export async function commitObject<T extends ApiObject>(
  deps: CommitDeps<T>,
  write: ObjectWrite<T>,
): Promise<ObjectWritten<T>> {
  const { strategy, storage } = deps;
  const { what, key, current, basedOn, guards } = write;
  for (let look = false; ; look = true) {
    const { object, picked } = await fillOpenClaims(deps, write.next, look);
    const claims = planClaims(strategy, key, { current, next: object });
    const violations = deps.claims.check(claims.added);
    if (violations.length > 0) throw invalid(what, violations);
    const value = encodeStored(strategy, object);
    const { ttlSeconds } = strategy;
    try {
      const result = await commitGuarded(storage, {
        key,
        basedOn,
        writes: [{ put: key, value, ...(ttlSeconds ? { ttlSeconds } : {}) }, ...claims.writes],
        guards: [...guards, ...claims.guards],
      });
      return 'stale' in result ? result : { object, value, revision: result.revision };
    } catch (error) {
      if (!(error instanceof ClaimTakenError && picked.has(error.claim))) throw error;
    }
  }
}

/** The object with a value for each claim that it leaves open, and the keys of those. */
async function fillOpenClaims<T extends ApiObject>(
  { strategy, claims }: CommitDeps<T>,
  next: T,
  look: boolean,
): Promise<{ object: T; picked: ReadonlySet<string> }> {
  let object = next;
  const picked = new Set<string>();
  for (const open of strategy.openClaims(next)) {
    const { what, field } = open;
    const own = strategy.claims(object).filter((claim) => claim.what === what);
    const value = await claims.pick({ what, field, look, besides: new Set(own.map((claim) => claim.value)) });
    picked.add(claimKey(what, value));
    object = open.fill(object, value);
  }
  return { object, picked };
}
