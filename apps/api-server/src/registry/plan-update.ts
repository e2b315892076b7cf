import {
  type ApiObject,
  invalid,
  type ManagedFieldsEntry,
  validateObject,
  type Violation,
} from '@own-kube/api';
import { deepEqual } from './deep-equal';
import type { Change } from './guaranteed-update';
import { checkExpected, checkFinalizers, updatedMetadata } from './metadata';
import { checkOwners } from './owner-references';
import { isFinished, planRemoval } from './plan-delete';
import { metadataOf } from './spec-status';
import type { Strategy } from './strategy';

/** Which half of an object is written: users write the one, what watches over the object the other. */
export type Half = 'spec' | 'status';

/** Who owns which fields of what an update stores; `stated` is what the sender said of it. */
export type Manage<T> = (written: {
  readonly next: T;
  readonly current: T;
  readonly stated: readonly ManagedFieldsEntry[];
}) => ManagedFieldsEntry[];

/** An update, as it was sent. */
export interface SentUpdate<T> {
  readonly what: string;
  readonly sent: T;
  readonly half: Half;
  readonly manage: Manage<T>;
}

/** What an update makes of an object; its resourceVersion and uid, where it has them, are preconditions. */
export function planUpdate<T extends ApiObject>(
  strategy: Strategy<T>,
  { what, sent, half, manage }: SentUpdate<T>,
  current: T,
): Change<T> {
  const now = metadataOf(current);
  checkExpected(what, metadataOf(sent), now);
  const merged: T = { ...sent, metadata: updatedMetadata(metadataOf(sent), now) };
  const next =
    half === 'spec'
      ? strategy.prepareForUpdate(strategy.withDefaults(merged), current)
      : strategy.prepareForStatusUpdate(merged, current);
  const violations = checkUpdate(strategy, half, next, current);
  if (violations.length > 0) throw invalid(what, violations);
  if (isFinished(next)) return planRemoval(strategy, what, next);
  const managedFields = manage({ next, current, stated: metadataOf(sent).managedFields });
  const managed: T = { ...next, metadata: { ...metadataOf(next), managedFields } };
  return deepEqual(managed, current) ? { keep: true } : { write: managed };
}

const checkUpdate = <T extends ApiObject>(
  strategy: Strategy<T>,
  half: Half,
  next: T,
  current: T,
): Violation[] =>
  half === 'status'
    ? strategy.validateStatusUpdate(next, current)
    : [
        ...validateObject(strategy.kind, next),
        ...strategy.validate(next),
        ...checkFinalizers(metadataOf(next), metadataOf(current)),
        ...checkOwners(metadataOf(next)),
        ...strategy.validateUpdate(next, current),
      ];
