import { ApiError, type ApiObject, toTime } from '@own-kube/api';
import { emptyGuard } from './guard';
import type { Change } from './guaranteed-update';
import { checkExpected, type Expected } from './metadata';
import { metadataOf, withGeneration } from './spec-status';
import type { Strategy } from './strategy';

/** How to delete. */
export interface DeleteOptions {
  readonly what: string;
  readonly gracePeriodSeconds?: number | undefined;
  readonly preconditions?: Expected | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What deleting makes of an object: it goes at once, or after a grace period, or when its last finalizer is gone. */
export function planDelete<T extends ApiObject>(
  strategy: Strategy<T>,
  object: T,
  { what, gracePeriodSeconds, preconditions = {}, now }: DeleteOptions,
): Change<T> {
  const metadata = metadataOf(object);
  checkExpected(what, preconditions, metadata);
  const never = strategy.undeletable(object);
  if (never) throw new ApiError('FailedPrecondition', `${what} cannot be deleted: ${never}.`);
  const grace = strategy.gracePeriodSeconds(object, gracePeriodSeconds);
  if (grace === 0 && metadata.finalizers.length === 0) return planRemoval(strategy, what, object);
  const before = metadata.deletionGracePeriodSeconds ?? 0;
  // A second deletion may hasten the first, and never puts it off.
  if (metadata.deletionTimestamp && grace >= before) return { keep: true };
  const deleting = strategy.prepareForDelete({
    ...object,
    metadata: {
      ...metadata,
      deletionTimestamp: toTime(now + grace * 1000),
      deletionGracePeriodSeconds: grace,
    },
  });
  return {
    write: metadata.deletionTimestamp ? deleting : withGeneration(deleting, (metadata.generation ?? 0) + 1),
  };
}

/** The object goes, if what must be gone before is gone. */
export const planRemoval = <T extends ApiObject>(
  strategy: Strategy<T>,
  what: string,
  object: T,
): Change<T> => ({
  remove: object,
  guards: strategy.mustBeEmpty(object).map((prefix) => emptyGuard(what, prefix)),
});

/** Whether an update has taken away the last thing that kept a deleted object. */
export function isFinished(object: ApiObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = metadataOf(object);
  return deletionTimestamp !== undefined && !deletionGracePeriodSeconds && finalizers.length === 0;
}
