/** What JSON of our messages is made of, as apply sees it: what is one value, and what has parts of its own. */
import { type FieldSchema, findJsonField, hasJsonFields } from '@own-kube/api';

export type Shape =
  /** Owned as a whole. */
  | { readonly is: 'value' }
  /** The fields of a message. */
  | { readonly is: 'object'; readonly at: ShapeAt }
  | { readonly is: 'map'; readonly at: ShapeAt }
  /** Values without order. */
  | { readonly is: 'set' }
  /** Objects that are told apart by some of their fields. */
  | { readonly is: 'items'; readonly item: Shape; readonly keys: readonly ItemKey[] };

/** The shape of what stands under a name. */
export type ShapeAt = (name: string) => Shape;

/** A field that tells items apart, and what it is where it is absent. */
export interface ItemKey {
  readonly name: string;
  readonly absent?: string | undefined;
}

const value: Shape = { is: 'value' };

/** The shape of a message. It remembers what it has looked up: make it once for a kind. */
export function shapeOfMessage(message: string): Shape {
  const known = new Map<string, Shape>();
  const at = (name: string): Shape => {
    let shape = known.get(name);
    if (shape) return shape;
    const field = findJsonField(message, name)?.field;
    shape = shapeOfField(field);
    // Names that are no fields are the clients', and without end.
    if (field) known.set(name, shape);
    return shape;
  };
  return { is: 'object', at };
}

const ofType = (type: string): Shape => (hasJsonFields(type) ? shapeOfMessage(type) : value);

function shapeOfField(field: FieldSchema | undefined): Shape {
  if (!field || field.atomic) return value;
  const held = ofType(field.type);
  if (field.map) return { is: 'map', at: () => held };
  if (!field.repeated) return held;
  if (field.mergeItems) return { is: 'set' };
  if (!field.mergeKey) return value;
  return { is: 'items', item: held, keys: (field.listKeys ?? [field.mergeKey]).map(parseKey) };
}

function parseKey(text: string): ItemKey {
  const [name, absent] = text.split('=') as [string, string | undefined];
  return { name, absent };
}
