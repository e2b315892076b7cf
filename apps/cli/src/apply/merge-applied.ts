/**
 * What an object should be when a manifest is applied again: the three-way merge of `kubectl apply`. What the manifest
 * says counts; what it said before and says no more goes; what others have set (defaults, the node of a pod) stays.
 */
import { findJsonField, messageFields } from '@own-kube/api';

/** A message in Kubernetes' JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** One value at three moments: as applied before, as it should be, as it is. */
interface Versions<T> {
  readonly last: T | undefined;
  readonly wanted: T;
  readonly live: T | undefined;
}

/** Merges messages of a type, given by its full name. */
export function mergeApplied(message: string, { last = {}, wanted, live = {} }: Versions<Json>): Json {
  const kept = Object.entries(live).filter(([name]) => !isDropped(name, { last, wanted }));
  const merged = Object.entries(wanted).map(([name, value]): [string, unknown] => [
    name,
    mergeField(message, name, { last: last[name], wanted: value, live: live[name] }),
  ]);
  return Object.fromEntries([...kept, ...merged]);
}

const isDropped = (name: string, { last, wanted }: { last: Json; wanted: Json }): boolean =>
  Object.hasOwn(last, name) && !Object.hasOwn(wanted, name);

function mergeField(message: string, name: string, versions: Versions<unknown>): unknown {
  const field = findJsonField(message, name)?.field;
  const { last, wanted, live } = versions;
  if (field?.repeated) {
    const lists = { last: listOf(last), wanted: listOf(wanted), live: listOf(live) };
    return field.mergeKey ? mergeList(field.type, field.mergeKey, lists) : wanted;
  }
  // A map's values are merged as the fields of a message that nobody knows would be: each as a whole.
  const type = field?.map ? '' : field?.type;
  if (type === undefined || (type !== '' && !messageFields[type]) || !isJson(wanted)) return wanted;
  return mergeApplied(type, { last: jsonOf(last), wanted, live: jsonOf(live) });
}

/** Merges lists whose items are told apart by a key; where that fails, the wanted list counts as a whole. */
function mergeList(
  type: string,
  key: string,
  { last, wanted, live }: Versions<readonly Json[]>,
): readonly Json[] {
  const lists = [last ?? [], wanted, live ?? []].map((list) => byKey(list, key));
  const [lastItems, wantedItems, liveItems] = lists;
  if (!lastItems || !wantedItems || !liveItems) return wanted;
  const merged = wanted.map((item) =>
    mergeApplied(type, { last: lastItems.get(item[key]), wanted: item, live: liveItems.get(item[key]) }),
  );
  const ofOthers = (live ?? []).filter((item) => !wantedItems.has(item[key]) && !lastItems.has(item[key]));
  return [...merged, ...ofOthers];
}

/** The items of a list by key; undefined where one has none, or two have the same. */
function byKey(items: readonly Json[], key: string): Map<unknown, Json> | undefined {
  const map = new Map(items.map((item) => [item[key], item]));
  return map.has(undefined) || map.size < items.length ? undefined : map;
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const jsonOf = (value: unknown): Json | undefined => (isJson(value) ? value : undefined);

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
