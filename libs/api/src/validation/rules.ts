import type { Violation } from '../errors';
import { fieldPath } from '../field-path';

/** The violation of a field that must be there. */
export const required = (field: string): Violation => ({ field, description: 'is required' });

/** Whether a value, where it is set, is one of those allowed. */
export function checkOneOf(
  value: string | undefined,
  allowed: readonly string[],
  field: string,
): Violation[] {
  if (value === undefined || value === '' || allowed.includes(value)) return [];
  return [
    { field, description: `must be ${allowed.join(', ').replace(/, ([^,]*)$/, ' or $1')}, got "${value}"` },
  ];
}

/** Whether the keys of the items of a list, where they are set, differ. */
export function checkUnique<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
  { field, key }: { field: string; key: string },
): Violation[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const value = keyOf(item);
    if (!value) return [];
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ field: `${fieldPath.item(field, index)}.${key}`, description: `"${value}" is there twice` }];
  });
}
