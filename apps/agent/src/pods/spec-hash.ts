import { createHash } from 'node:crypto';
import type { Container } from '@own-kube/api';

/** A short hash of what a container should be; the same for equal specs, whatever the order of their fields. */
export function specHash(container: Container): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(container)))
    .digest('hex')
    .slice(0, 16);
}

/** Sorted keys; what is unset or empty is left out, so that a field which becomes known later changes no hash. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined && !isEmpty(field))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, canonical(field)]),
  );
}

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length === 0
    : typeof value === 'object' && value !== null && Object.keys(value).length === 0;
