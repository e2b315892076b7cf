import type { ApiObject, Kind, Violation } from '@own-kube/api';

/** Something that only one object may have: two writers that want it can never both win. */
export interface Claim {
  /** A family of claims: "podcidrs". */
  readonly what: string;
  readonly value: string;
  /** Where the object says so: "spec.podCIDR". */
  readonly field: string;
  /** Where values can contain each other: its place in the tree, "0/1/1". None may be above or below another. */
  readonly path?: string | undefined;
}

/** A claim whose value the server picks from the range of its family. */
export interface OpenClaim<T> {
  readonly what: string;
  readonly field: string;
  /** The object with the value that was picked. */
  fill(object: T, value: string): T;
}

/** All that is special about a kind. Everything here is pure. */
export interface Strategy<T extends ApiObject = ApiObject> {
  readonly kind: Kind<T>;
  /** Whether its objects are encrypted in etcd, where there is a key. */
  readonly encrypted: boolean;
  /** Fills in what was left open. Applied to what clients send, before it is validated. */
  withDefaults(object: T): T;
  /** What a new object has whatever its creator says: no status, for one. */
  prepareForCreate(object: T): T;
  /** What an update through Update cannot touch is taken from the object as it is. */
  prepareForUpdate(next: T, current: T): T;
  /** What an update through UpdateStatus cannot touch is taken from the object as it is. */
  prepareForStatusUpdate(next: T, current: T): T;
  /** What changes in an object that will be deleted after a while. */
  prepareForDelete(object: T): T;
  /** Problems of an object by itself, beyond those that validateObject of libs/api finds. */
  validate(object: T): Violation[];
  /** Every change that an update may not make; the object by itself is valid. */
  validateUpdate(next: T, current: T): Violation[];
  validateStatusUpdate(next: T, current: T): Violation[];
  /** What field selectors can ask for, beyond metadata.name and metadata.namespace. */
  selectableFields(object: T): Readonly<Record<string, string>>;
  claims(object: T): readonly Claim[];
  /** What the object leaves open that only one object may have, in the order in which it is picked. */
  openClaims(object: T): readonly OpenClaim<T>[];
  /** How long an object stays after it was written last; without it for good. */
  readonly ttlSeconds?: number | undefined;
  /** How long a deleted object stays so that it can end in order; `asked` is what the caller wishes. 0: not at all. */
  gracePeriodSeconds(object: T, asked: number | undefined): number;
  /** Why an object may not be deleted at all. */
  undeletable(object: T): string | undefined;
  /** The prefixes of keys under which there must be nothing when an object goes away. */
  mustBeEmpty(object: T): readonly string[];
}
