import type { Violation } from '../../errors';

/** A path inside a volume: it must not lead out of it. */
export const checkRelativePath = (path: string, field: string): Violation[] =>
  path.startsWith('/') || path.split('/').includes('..')
    ? [{ field, description: `"${path}" must be a relative path without ".."` }]
    : [];
