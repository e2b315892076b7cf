/** The names in a strategic merge patch that say how to merge, and are no fields. */
import { describeValue, fieldPath, isObject, type Violation } from '@own-kube/api';

/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** What `$patch` says of the object or list item that it stands in. */
export type Directive = 'merge' | 'replace' | 'delete';

const directives: readonly unknown[] = ['merge', 'replace', 'delete'];
const deletePrefix = '$deleteFromPrimitiveList/';
const orderPrefix = '$setElementOrder/';

/** An object of a patch, taken apart. */
export interface PatchObject {
  readonly directive: Directive;
  /** All fields but these go; undefined: none goes. */
  readonly retainKeys?: readonly string[] | undefined;
  readonly fields: Json;
  /** By the name of the list: what to delete from it, and its order. */
  readonly deletions: Readonly<Record<string, readonly unknown[]>>;
  readonly orders: Readonly<Record<string, readonly unknown[]>>;
}

/** Takes an object of a patch apart; what is wrong with its directives is added to `violations`. */
export function parsePatchObject(patch: Json, path: string, violations: Violation[]): PatchObject {
  const wrong = (name: string, description: string) =>
    void violations.push({ field: fieldPath.child(path, name), description });
  const [fields, deletions, orders] = [
    new Map<string, unknown>(),
    new Map<string, unknown[]>(),
    new Map<string, unknown[]>(),
  ];
  const list = (name: string, value: unknown): unknown[] => {
    if (Array.isArray(value)) return value;
    wrong(name, `must be a list, got ${describeValue(value)}`);
    return [];
  };
  const { $patch = 'merge', $retainKeys, ...rest } = patch;
  if (!directives.includes($patch))
    wrong('$patch', `must be merge, replace or delete, got ${describeValue($patch)}`);
  for (const [name, value] of Object.entries(rest)) {
    if (name.startsWith(deletePrefix)) deletions.set(name.slice(deletePrefix.length), list(name, value));
    else if (name.startsWith(orderPrefix)) orders.set(name.slice(orderPrefix.length), list(name, value));
    else if (name.startsWith('$')) wrong(name, 'is no directive that is known here');
    else fields.set(name, value);
  }
  const retainKeys = $retainKeys === undefined ? undefined : list('$retainKeys', $retainKeys).map(String);
  const lost =
    retainKeys && [...fields].filter(([name, value]) => value !== null && !retainKeys.includes(name));
  for (const [name] of lost ?? [])
    wrong('$retainKeys', `must name all fields that the patch sets; ${name} is missing`);
  return {
    directive: $patch as Directive,
    retainKeys,
    fields: Object.fromEntries(fields),
    deletions: Object.fromEntries(deletions),
    orders: Object.fromEntries(orders),
  };
}

/** The `$patch` of a list's item, where it has one. */
export const directiveOf = (item: unknown): unknown => (isObject(item) ? item['$patch'] : undefined);
