/** The named parts of a JSON value: one way to walk objects, maps, sets and lists of items alike. */
import { isObject } from '@own-kube/api';
import { itemName } from './fields-v1';
import type { Shape } from './shape';

/** A part of a value, by its name in a field set. */
export interface Part {
  readonly name: string;
  readonly shape: Shape;
  readonly value: unknown;
}

const value: Shape = { is: 'value' };

/** The parts of a value; undefined where it is owned as a whole. */
export function partsOf(shape: Shape, json: unknown): Part[] | undefined {
  switch (shape.is) {
    case 'value':
      return undefined;
    case 'object':
    case 'map':
      if (!isObject(json)) return undefined;
      return Object.entries(json).map(([name, part]) => ({
        name: `f:${name}`,
        shape: shape.at(name),
        value: part,
      }));
    case 'set':
      if (!Array.isArray(json)) return undefined;
      return json.map((part: unknown) => ({ name: `v:${JSON.stringify(part)}`, shape: value, value: part }));
    case 'items':
      if (!Array.isArray(json)) return undefined;
      return json.map((part: unknown) => ({
        name: nameOf(shape, part),
        shape: shape.item,
        value: part,
      }));
  }
}

/** The name of an item by its keys. A key that is absent and has no value for that is left out. */
function nameOf({ keys }: Shape & { is: 'items' }, item: unknown): string {
  const object = isObject(item) ? item : {};
  const found = keys.map(({ name, absent }) => [name, object[name] ?? absent] as const);
  return itemName(Object.fromEntries(found.filter(([, key]) => key !== undefined)));
}

/** A value of this shape again from its parts; undefined where none is left. */
export function joinParts(shape: Shape, parts: readonly Part[]): unknown {
  if (parts.length === 0) return undefined;
  return shape.is === 'object' || shape.is === 'map'
    ? Object.fromEntries(parts.map(({ name, value }) => [name.slice(2), value]))
    : parts.map((part) => part.value);
}
