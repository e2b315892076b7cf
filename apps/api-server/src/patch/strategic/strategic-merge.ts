/** Strategic merge patch: a merge patch that merges the items of lists by what tells them apart. */
import {
  describeValue,
  fieldPath,
  type FieldSchema,
  hasJsonFields,
  invalid,
  isObject,
  type Violation,
} from '@own-kube/api';
import { fieldOf, type Place } from '../field-of';
import { type Json, parsePatchObject, type PatchObject } from './directives';
import { type ListPatch, mergeItems, mergeValues } from './merge-lists';

/**
 * The object with the patch merged into it by the schema of its message. Neither is changed.
 * @throws ApiError Invalid with everything that is wrong with the patch, each with its path.
 */
export function strategicMerge(message: string, target: Json, patch: unknown): Json {
  const violations: Violation[] = [];
  const merged = mergeValue({ type: message }, { there: target, patch }, { path: '', violations });
  if (violations.length > 0) throw invalid('The patch', violations);
  return merged as Json;
}

/** What a message's field holds, apart from whether it is many. */
type Held = Pick<FieldSchema, 'type' | 'map'>;

/** A value of the object (undefined: none) and what the patch says of it. */
export interface Pair {
  readonly there: unknown;
  readonly patch: unknown;
}

/** Merges one value: an object or a map by its names; all else is replaced. */
export function mergeValue(held: Held, { there, patch }: Pair, place: Place): unknown {
  if (!held.map && !hasJsonFields(held.type)) return patch;
  if (!isObject(patch)) {
    place.violations.push({
      field: place.path,
      description: `must be an object, got ${describeValue(patch)}`,
    });
    return there;
  }
  const parsed = parsePatchObject(patch, place.path, place.violations);
  // A patch that deletes an object says nothing else of it.
  if (parsed.directive === 'delete') return undefined;
  const base = parsed.directive === 'replace' || !isObject(there) ? {} : retained(there, parsed);
  return held.map
    ? mergeMap(held, base, { patch: parsed, place })
    : mergeMessage(held.type, base, { patch: parsed, place });
}

const retained = (there: Json, { retainKeys }: PatchObject): Json =>
  retainKeys
    ? Object.fromEntries(Object.entries(there).filter(([name]) => retainKeys.includes(name)))
    : there;

interface Parsed {
  readonly patch: PatchObject;
  readonly place: Place;
}

function mergeMap({ type }: Held, base: Json, { patch, place }: Parsed): Json {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch.fields)) {
    const at = { ...place, path: fieldPath.key(place.path, key) };
    set(
      merged,
      key,
      value === null ? undefined : mergeValue({ type }, { there: merged.get(key), patch: value }, at),
    );
  }
  return Object.fromEntries(merged);
}

function mergeMessage(message: string, base: Json, { patch, place }: Parsed): Json {
  const merged = new Map(Object.entries(base));
  const names = new Set([patch.fields, patch.deletions, patch.orders].flatMap((part) => Object.keys(part)));
  for (const name of names) {
    const at = { ...place, path: fieldPath.child(place.path, name) };
    const field = fieldOf(message, name, at);
    if (field) set(merged, name, mergeField(field, merged.get(name), { patch, place: at }));
  }
  return Object.fromEntries(merged);
}

function mergeField(field: FieldSchema, there: unknown, { patch, place }: Parsed): unknown {
  const value = patch.fields[field.name];
  if (misplaced(field, patch)) {
    const description = '$deleteFromPrimitiveList is only for lists of values, $setElementOrder for lists';
    place.violations.push({ field: place.path, description });
    return there;
  }
  if (value === null) return undefined;
  if (!field.repeated) return mergeValue(field, { there, patch: value }, place);
  const list: ListPatch = {
    there: Array.isArray(there) ? there : [],
    items: value as unknown[] | undefined,
    deletions: patch.deletions[field.name] ?? [],
    order: patch.orders[field.name],
  };
  if (value !== undefined && !Array.isArray(value)) {
    place.violations.push({ field: place.path, description: `must be a list, got ${describeValue(value)}` });
    return there;
  }
  if (field.mergeKey)
    return mergeItems({ key: field.mergeKey, merge: (pair, at) => mergeValue(field, pair, at) }, list, place);
  if (field.mergeItems || list.deletions.length > 0) return mergeValues(field, list);
  return value ?? there;
}

/** Whether a patch says of a field what can only be said of another sort. */
const misplaced = ({ name, repeated, mergeKey }: FieldSchema, { deletions, orders }: PatchObject): boolean =>
  (Object.hasOwn(deletions, name) && (!repeated || mergeKey !== undefined)) ||
  (Object.hasOwn(orders, name) && !repeated);

function set(merged: Map<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) merged.delete(name);
  else merged.set(name, value);
}
