import { fieldPath } from '../field-path';
import { messageFields } from '../generated/schema';
import type { ApiObject, Kind } from '../kinds';
import type { FieldSchema } from '../schema';

/** The paths of the fields that are set and that nothing acts on: whoever sets them is to be warned. */
export const unactedFields = (kind: Kind, object: ApiObject): string[] => inMessage(kind.message, object, '');

function inMessage(message: string, value: object, path: string): string[] {
  return (messageFields[message] ?? []).flatMap((field) => {
    const content = (value as Record<string, unknown>)[field.name];
    const at = field.inline ? path : fieldPath.child(path, field.name);
    if (isUnset(content)) return [];
    return field.notActedOn ? [at] : inField(field, content, at);
  });
}

function inField({ type, repeated, map }: FieldSchema, content: unknown, path: string): string[] {
  if (!messageFields[type]) return [];
  if (repeated)
    return (content as object[]).flatMap((item, i) => inMessage(type, item, fieldPath.item(path, i)));
  if (map)
    return Object.entries(content as Record<string, object>).flatMap(([key, item]) =>
      inMessage(type, item, fieldPath.key(path, key)),
    );
  return inMessage(type, content as object, path);
}

const isUnset = (content: unknown): boolean =>
  content === undefined ||
  content === null ||
  (typeof content === 'object' && !(content instanceof Uint8Array) && isEmpty(content));

/** An empty list or map. An empty message is set: `emptyDir: {}`; but it has its fields, as undefined. */
const isEmpty = (content: object): boolean => Object.keys(content).length === 0;
