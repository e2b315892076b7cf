/** The verbs that write, for one kind: the same steps for every kind, in which its strategy has the say. */
import { ApiError, type ApiObject, isAlreadyExists, isNotFound } from '@own-kube/api';
import { managedAfterUpdate, managedByCreator, managedKind, type Write } from '../managed-fields/managed-by';
import type { Application } from '../patch/compile-apply';
import type { Patch } from '../patch/compile-patch';
import type { Entry } from '../storage/storage';
import { dryRunOf } from './dry-run-storage';
import { type CommitDeps, commitObject } from './commit-object';
import { type Change, guaranteedUpdate, type Stored } from './guaranteed-update';
import { ClaimTakenError, type Guard } from './guard';
import type { Source } from './metadata';
import { notFound, objectRef, type ObjectRef } from './object-ref';
import { planCreate } from './plan-create';
import { planDelete } from './plan-delete';
import { type Half, type Manage, planUpdate } from './plan-update';
import { metadataOf } from './spec-status';
import type { Expected } from './metadata';

export interface StoreDeps<T extends ApiObject> extends CommitDeps<T> {
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

/** Looks at an object before it is changed, and at what a patch makes of it; throws if the caller may not. */
export type Check<T> = (current: T, next?: T) => void;

/** Who writes, and whether it is for real. */
export interface WriteOptions {
  /** Owns the fields that are set. */
  readonly manager: string;
  /** Decide and check everything, and write nothing. */
  readonly dryRun: boolean;
}

/** What the server writes of its own accord. */
const ownWrites: WriteOptions = { manager: 'api-server', dryRun: false };

/** How often a name is made anew when it is taken, as upstream. */
const nameTries = 8;

/** Whether an object of that name is there; not where something else that the object claims is taken. */
const isTaken = (error: unknown): boolean => isAlreadyExists(error) && !(error instanceof ClaimTakenError);

/** See the head of this file. */
export class Store<T extends ApiObject> {
  constructor(
    private readonly deps: StoreDeps<T>,
    private readonly options: WriteOptions = ownWrites,
    private readonly managed = managedKind(deps.strategy.kind),
  ) {}

  /** The same store for someone else's writes. */
  with(options: WriteOptions): Store<T> {
    const { storage } = this.deps;
    return new Store(
      { ...this.deps, storage: options.dryRun ? dryRunOf(storage) : storage },
      options,
      this.managed,
    );
  }

  async create(sent: T): Promise<Stored<T>> {
    const madeName = !metadataOf(sent).name && metadataOf(sent).generateName !== undefined;
    for (let tries = madeName ? nameTries : 1; ; tries -= 1) {
      try {
        const object = planCreate(this.deps.strategy, sent, this.source(madeName));
        const managedFields = managedByCreator(this.managed, object, this.writeOf('spec'));
        return await this.tryCreate({ ...object, metadata: { ...metadataOf(object), managedFields } });
      } catch (error) {
        if (tries === 1 || !isTaken(error)) throw error;
      }
    }
  }

  update(sent: T, half: Half, check: Check<T>): Promise<Stored<T>> {
    const ref = objectRef(this.deps.strategy.kind, metadataOf(sent));
    return this.change(ref, (current) => {
      check(current);
      return planUpdate(
        this.deps.strategy,
        { what: ref.text, sent, half, manage: this.manage(half) },
        current,
      );
    });
  }

  /** Changes an object as a patch says: the newest there is, however often others write meanwhile. */
  patch(
    ref: ObjectRef,
    { half, patch }: { half: Half; patch: Patch<T> },
    check: Check<T>,
  ): Promise<Stored<T>> {
    return this.change(ref, (current) => {
      const sent = patch(current);
      check(current, sent);
      return planUpdate(
        this.deps.strategy,
        { what: ref.text, sent, half, manage: this.manage(half) },
        current,
      );
    });
  }

  /** Applies to an object, or makes it where there is none and its spec is applied. */
  async apply(
    ref: ObjectRef,
    { half, application }: { half: Half; application: Application<T> },
    check: { readonly change: Check<T>; readonly create: Check<T> },
  ): Promise<Stored<T>> {
    for (;;) {
      try {
        return await this.applyTo(ref, { half, application }, check.change);
      } catch (error) {
        if (!isNotFound(error) || half === 'status') throw error;
      }
      try {
        return await this.applyAsNew(application, check.create);
      } catch (error) {
        // Someone else has made it meanwhile.
        if (!isTaken(error)) throw error;
      }
    }
  }

  private applyTo(
    ref: ObjectRef,
    { half, application }: { half: Half; application: Application<T> },
    check: Check<T>,
  ): Promise<Stored<T>> {
    return this.change(ref, (current) => {
      const { sent, managedFields } = application.to(current, this.managed, this.writeOf(half));
      check(current, sent);
      return planUpdate(
        this.deps.strategy,
        { what: ref.text, sent, half, manage: () => managedFields },
        current,
      );
    });
  }

  private async applyAsNew(application: Application<T>, check: Check<T>): Promise<Stored<T>> {
    const { sent, managedFields } = application.asNew(this.managed, this.writeOf('spec'));
    check(sent);
    const object = planCreate(this.deps.strategy, sent, this.source(false));
    return this.tryCreate({ ...object, metadata: { ...metadataOf(object), managedFields } });
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
    return guaranteedUpdate(this.deps, ref, (current) => {
      if (!current) throw notFound(ref);
      return plan(current.object);
    });
  }

  private writeOf(half: Half): Write {
    return { manager: this.options.manager, half, now: this.deps.now() };
  }

  private manage(half: Half): Manage<T> {
    return (written) => managedAfterUpdate(this.managed, written, this.writeOf(half));
  }

  private source(madeName: boolean): Source {
    const { now, newUid, newSuffix } = this.deps;
    return { now: now(), uid: newUid(), suffix: madeName ? newSuffix() : '' };
  }

  private async tryCreate(object: T): Promise<Stored<T>> {
    const { strategy, namespaceGuard } = this.deps;
    const ref = objectRef(strategy.kind, metadataOf(object));
    const inNamespace = strategy.kind.namespaced ? [await namespaceGuard(ref.namespace)] : [];
    const result = await commitObject(this.deps, {
      what: ref.text,
      key: ref.key,
      basedOn: 0,
      next: object,
      guards: inNamespace,
    });
    if ('stale' in result) throw new ApiError('AlreadyExists', `${ref.text} already exists.`);
    return result;
  }
}
