import type { Violation } from '@own-kube/api';
import { deepEqual } from '../registry/deep-equal';

/** What was declared immutable stays so, and its data with it. */
export function checkImmutable<T extends { immutable?: boolean | undefined }>(
  next: T,
  current: T,
  data: readonly (string & keyof T)[],
): Violation[] {
  if (!current.immutable) return [];
  const unset = next.immutable
    ? []
    : [{ field: 'immutable', description: 'Forbidden: it may not be taken back once it is true' }];
  return [
    ...unset,
    ...data
      .filter((field) => !deepEqual(next[field], current[field]))
      .map((field) => ({
        field,
        description: 'Forbidden: it may not be changed, as immutable is true; create another object',
      })),
  ];
}
