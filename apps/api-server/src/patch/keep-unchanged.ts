import { type FieldSchema, hasJsonFields, messageFields } from '@own-kube/api';
import { deepEqual } from '../registry/deep-equal';

/** A value of a message, and how JSON writes it. */
export interface Seen {
  readonly value: unknown;
  readonly json: unknown;
}

type Held = Pick<FieldSchema, 'type' | 'repeated' | 'map'>;

/**
 * What a patch has made, with every part as it was that JSON writes as before: not all that bytes can tell apart is
 * told apart by JSON (a time's nanoseconds, a number that is 0 or absent), and a patch changes what it names alone.
 */
export function keepUnchanged(held: Held, was: Seen, now: Seen): unknown {
  if (deepEqual(was.json, now.json)) return was.value;
  if (was.value === undefined || now.value === undefined) return now.value;
  if (held.repeated) {
    const each = { type: held.type };
    return (now.value as unknown[]).map((_, index) => keepUnchanged(each, at(was, index), at(now, index)));
  }
  if (held.map) {
    const each = { type: held.type };
    const keys = Object.keys(now.value as object);
    return Object.fromEntries(keys.map((key) => [key, keepUnchanged(each, at(was, key), at(now, key))]));
  }
  if (!hasJsonFields(held.type)) return now.value;
  const fields = messageFields[held.type]!;
  return Object.fromEntries(
    fields.map((field) => [field.name, keepUnchanged(field, inField(was, field), inField(now, field))]),
  );
}

const at = ({ value, json }: Seen, key: string | number): Seen => ({
  value: get(value, key),
  json: get(json, key),
});

/** JSON writes the fields of an inlined message in the one around it. */
const inField = ({ value, json }: Seen, { name, inline }: FieldSchema): Seen => ({
  value: get(value, name),
  json: inline ? json : get(json, name),
});

const get = (from: unknown, key: string | number): unknown =>
  typeof from === 'object' && from !== null && Object.hasOwn(from, key)
    ? (from as Record<string | number, unknown>)[key]
    : undefined;
