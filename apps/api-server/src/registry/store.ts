/** The verbs that write, for one kind: the same steps for every kind, in which its strategy has the say. */
import { ApiError, type ApiObject, isAlreadyExists } from '@own-kube/api';
import type { Entry, Storage } from '../storage/storage';
import { commitGuarded } from './guarded-write';
import { type Change, encodeStored, guaranteedUpdate, type Stored } from './guaranteed-update';
import { type Guard, planClaims } from './guard';
import type { Source } from './metadata';
import { notFound, objectRef, type ObjectRef } from './object-ref';
import { planCreate } from './plan-create';
import { planDelete } from './plan-delete';
import { type Half, planUpdate } from './plan-update';
import { metadataOf } from './spec-status';
import type { Expected } from './metadata';
import type { Strategy } from './strategy';

export interface StoreDeps<T extends ApiObject> {
  readonly storage: Storage;
  readonly strategy: Strategy<T>;
  /** An object as the cache has it. */
  readonly cached: (key: string) => Entry | undefined;
  /** What a namespace must be for objects to be made in it. */
  readonly namespaceGuard: (namespace: string) => Promise<Guard>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newUid: () => string;
  /** Five random letters and digits, for names that are made. */
  readonly newSuffix: () => string;
}

/** Looks at an object before it is changed; throws if the caller may not. */
export type Check<T> = (current: T) => void;

/** How often a name is made anew when it is taken, as upstream. */
const nameTries = 8;

/** See the head of this file. */
export class Store<T extends ApiObject> {
  constructor(private readonly deps: StoreDeps<T>) {}

  async create(sent: T): Promise<Stored<T>> {
    const madeName = !metadataOf(sent).name && metadataOf(sent).generateName !== undefined;
    for (let tries = madeName ? nameTries : 1; ; tries -= 1) {
      try {
        return await this.tryCreate(planCreate(this.deps.strategy, sent, this.source(madeName)));
      } catch (error) {
        if (tries === 1 || !isAlreadyExists(error)) throw error;
      }
    }
  }

  update(sent: T, half: Half, check: Check<T>): Promise<Stored<T>> {
    const ref = objectRef(this.deps.strategy.kind, metadataOf(sent));
    return this.change(ref, (current) => {
      check(current);
      return planUpdate(this.deps.strategy, { what: ref.text, sent, half }, current);
    });
  }

  delete(
    ref: ObjectRef,
    options: { gracePeriodSeconds?: number | undefined; preconditions?: Expected | undefined },
    check: Check<T>,
  ): Promise<Stored<T>> {
    return this.change(ref, (current) => {
      check(current);
      return planDelete(this.deps.strategy, current, { ...options, what: ref.text, now: this.deps.now() });
    });
  }

  /** Changes an object that exists by a pure function. */
  change(ref: ObjectRef, plan: (current: T) => Change<T>): Promise<Stored<T>> {
    return guaranteedUpdate(this.deps, ref.key, (current) => {
      if (!current) throw notFound(ref);
      return plan(current.object);
    });
  }

  private source(madeName: boolean): Source {
    const { now, newUid, newSuffix } = this.deps;
    return { now: now(), uid: newUid(), suffix: madeName ? newSuffix() : '' };
  }

  private async tryCreate(object: T): Promise<Stored<T>> {
    const { storage, strategy, namespaceGuard } = this.deps;
    const ref = objectRef(strategy.kind, metadataOf(object));
    const value = encodeStored(strategy, object);
    const claims = planClaims(strategy, ref.key, { next: object });
    const inNamespace = strategy.kind.namespaced ? [await namespaceGuard(ref.namespace)] : [];
    const result = await commitGuarded(storage, {
      key: ref.key,
      basedOn: 0,
      writes: [{ put: ref.key, value }, ...claims.writes],
      guards: [...inNamespace, ...claims.guards],
    });
    if ('stale' in result) throw new ApiError('AlreadyExists', `${ref.text} already exists.`);
    return { object, value, revision: result.revision };
  }
}
