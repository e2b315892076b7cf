import type { Violation } from '@own-kube/api';
import { deepEqual } from '../registry/deep-equal';

/** A field that an update may not change. */
export const checkFixed = (field: string, next: unknown, current: unknown): Violation[] =>
  deepEqual(next, current)
    ? []
    : [{ field, description: 'Forbidden: it may not be changed; delete the object and create it anew' }];
