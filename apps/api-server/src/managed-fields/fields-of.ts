import { deepEqual } from '../registry/deep-equal';
import { branch, emptySet, type FieldSet, leaf } from './field-set';
import { partsOf } from './parts';
import type { Shape } from './shape';

/** All fields that an object sets; an item of a list is a field beside its own fields. */
export const fieldsOf = (shape: Shape, json: unknown): FieldSet => withoutRoot(fieldsIn(shape, json));

/** The fields of an object that are not so in another: what a writer who made the one of the other has set. */
export const changedFields = (shape: Shape, before: unknown, after: unknown): FieldSet =>
  withoutRoot(changesIn(shape, before, after));

/** An object as a whole is nobody's field. */
const withoutRoot = ({ children }: FieldSet): FieldSet => ({ owned: false, children });

function fieldsIn(shape: Shape, json: unknown): FieldSet {
  const parts = partsOf(shape, json);
  if (!parts?.length) return leaf;
  return branch(parts.map((part) => [part.name, asPart(shape, fieldsIn(part.shape, part.value))]));
}

function changesIn(shape: Shape, before: unknown, after: unknown): FieldSet {
  if (before === undefined) return fieldsIn(shape, after);
  if (before === after) return emptySet;
  const parts = partsOf(shape, after);
  if (!parts?.length) return deepEqual(before, after) ? emptySet : leaf;
  const earlier = new Map((partsOf(shape, before) ?? []).map(({ name, value }) => [name, value]));
  return branch(
    parts.map((part) => {
      const changed = changesIn(part.shape, earlier.get(part.name), part.value);
      return [part.name, earlier.has(part.name) ? changed : asPart(shape, changed)];
    }),
  );
}

const asPart = (shape: Shape, set: FieldSet): FieldSet =>
  shape.is === 'items' ? { ...set, owned: true } : set;
