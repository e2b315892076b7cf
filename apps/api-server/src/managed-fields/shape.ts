/** What JSON of our messages is made of, as apply sees it: what is one value, and what has parts of its own. */
import { type FieldSchema, findJsonField, hasJsonFields } from '@own-kube/api';

export type Shape =
  /** Owned as a whole. */
  | { readonly is: 'value' }
  | { readonly is: 'object'; readonly message: string }
  | { readonly is: 'map'; readonly of: Shape }
  /** Values without order. */
  | { readonly is: 'set' }
  /** Objects that are told apart by some of their fields. */
  | { readonly is: 'items'; readonly message: string; readonly keys: readonly ItemKey[] };

/** A field that tells items apart, and what it is where it is absent. */
export interface ItemKey {
  readonly name: string;
  readonly absent?: string | undefined;
}

const value: Shape = { is: 'value' };
const ofType = (type: string): Shape => (hasJsonFields(type) ? { is: 'object', message: type } : value);

/** The shape of a field; what is no field is a value. */
export function shapeOf(field: FieldSchema | undefined): Shape {
  if (!field || field.atomic) return value;
  if (field.map) return { is: 'map', of: ofType(field.type) };
  if (!field.repeated) return ofType(field.type);
  if (field.mergeItems) return { is: 'set' };
  if (!field.mergeKey) return value;
  return { is: 'items', message: field.type, keys: (field.listKeys ?? [field.mergeKey]).map(parseKey) };
}

/** The shape of what an object or a map has under a name. */
export const shapeAt = (shape: Shape & { is: 'object' | 'map' }, name: string): Shape =>
  shape.is === 'map' ? shape.of : shapeOf(findJsonField(shape.message, name)?.field);

function parseKey(text: string): ItemKey {
  const [name, absent] = text.split('=') as [string, string | undefined];
  return { name, absent };
}
