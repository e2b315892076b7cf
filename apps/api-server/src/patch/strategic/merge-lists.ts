/** How a strategic merge patch changes lists. */
import { fieldPath, type FieldSchema, isObject } from '@own-kube/api';
import { deepEqual } from '../../registry/deep-equal';
import { mergeOrder } from '../element-order';
import type { Place } from '../field-of';
import { directiveOf } from './directives';
import type { Pair } from './strategic-merge';

/** What a patch says of a list. */
export interface ListPatch {
  readonly there: readonly unknown[];
  /** Undefined: nothing of single items. */
  readonly items: readonly unknown[] | undefined;
  /** Values to take away. */
  readonly deletions: readonly unknown[];
  /** The order that the items are to have: values, or objects that have only the merge key. */
  readonly order: readonly unknown[] | undefined;
}

/** How the items of a list are told apart and merged. */
export interface ItemSchema {
  /** The merge key. */
  readonly key: string;
  readonly merge: (pair: Pair, place: Place) => unknown;
}

/** A list of values: those of the patch are added, or replace it where the list is one value. */
export function mergeValues(
  { mergeItems: single }: FieldSchema,
  { there, items, deletions, order }: ListPatch,
): unknown[] {
  const left = there.filter((value) => !includes(deletions, value));
  const added = items ?? [];
  const merged =
    single || !items ? [...left, ...added.filter((value) => !includes(left, value))] : [...added];
  return inOrder(merged, { order: order ?? added, there, same: deepEqual });
}

/** A list of objects that are told apart by a key. */
export function mergeItems(
  { key, merge }: ItemSchema,
  { there, items = [], order }: ListPatch,
  place: Place,
): unknown[] {
  const keyOf = (item: unknown) => (isObject(item) ? item[key] : undefined);
  const same = (a: unknown, b: unknown) => deepEqual(keyOf(a), keyOf(b));
  // {"$patch": "replace"} in a list is about the list: the others are all that it is to hold.
  const replaced = items.some((item) => directiveOf(item) === 'replace' && keyOf(item) === undefined);
  let merged = replaced ? [] : [...there];
  const kept: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const at = { ...place, path: fieldPath.item(place.path, index) };
    if (directiveOf(item) === 'replace' && keyOf(item) === undefined) continue;
    if (keyOf(item) === undefined || keyOf(item) === null) {
      at.violations.push({
        field: fieldPath.child(at.path, key),
        description: 'is required: it says which item is meant',
      });
      continue;
    }
    if (directiveOf(item) === 'delete') merged = merged.filter((other) => !same(other, item));
    else {
      const found = merged.findIndex((other) => same(other, item));
      const result = merge({ there: merged[found], patch: item }, at);
      merged = found < 0 ? [...merged, result] : merged.with(found, result);
      kept.push(item);
    }
  }
  checkOrder(kept, order, { key, same, place });
  return inOrder(merged, { order: order ?? kept, there, same });
}

const includes = (values: readonly unknown[], value: unknown): boolean =>
  values.some((other) => deepEqual(other, value));

interface Ordering {
  readonly order: readonly unknown[];
  readonly there: readonly unknown[];
  readonly same: (a: unknown, b: unknown) => boolean;
}

/** What the order names stands in that order; the rest stays where the server had it. */
function inOrder(items: readonly unknown[], { order, there, same }: Ordering): unknown[] {
  const place = (list: readonly unknown[], item: unknown) => list.findIndex((other) => same(other, item));
  const named = items.filter((item) => place(order, item) >= 0);
  const others = items.filter((item) => place(order, item) < 0);
  return mergeOrder(
    others.toSorted((a, b) => place(there, a) - place(there, b)),
    named.toSorted((a, b) => place(order, a) - place(order, b)),
    (item) => place(there, item),
  );
}

/** An order that leaves out an item of the patch was made for another patch. */
function checkOrder(
  kept: readonly unknown[],
  order: readonly unknown[] | undefined,
  { key, same, place }: { key: string; same: Ordering['same']; place: Place },
): void {
  if (!order) return;
  for (const item of kept.filter((candidate) => !order.some((other) => same(other, candidate))))
    place.violations.push({
      field: place.path,
      description: `$setElementOrder leaves out ${JSON.stringify((item as Record<string, unknown>)[key])}, which the patch has`,
    });
}
