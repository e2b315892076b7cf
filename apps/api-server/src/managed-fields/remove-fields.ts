import { childOf, type FieldSet, isEmptySet } from './field-set';
import { joinParts, type Part, partsOf } from './parts';
import type { Shape } from './shape';

/** What goes, and what someone wants to stay. */
export interface Removal {
  readonly gone: FieldSet;
  readonly kept: FieldSet;
}

/**
 * The value without the fields that are gone; undefined where nothing is left of it. What is in a field that is gone
 * goes with it, but for what is kept.
 */
export function removeFields(shape: Shape, json: unknown, { gone, kept }: Removal): unknown {
  if (isEmptySet(gone)) return json;
  if (gone.owned && isEmptySet(kept)) return undefined;
  const parts = partsOf(shape, json);
  if (!parts) return json;
  const left = parts.flatMap((part): Part[] => {
    const value = removeFields(part.shape, part.value, {
      gone: childOf(gone, part.name),
      kept: childOf(kept, part.name),
    });
    const whole = shape.is === 'items' ? withKeys(shape, part, value) : value;
    const isGone = childOf(gone, part.name).owned && isEmptySet(childOf(kept, part.name));
    return isGone || whole === undefined ? [] : [{ ...part, value: whole }];
  });
  return joinParts(shape, left);
}

/** An item that stays is still the one that it is. */
const withKeys = ({ keys }: Shape & { is: 'items' }, { value: item }: Part, left: unknown): unknown => ({
  ...Object.fromEntries(
    keys
      .map(({ name }) => [name, (item as Record<string, unknown>)[name]])
      .filter(([, key]) => key !== undefined),
  ),
  ...(left as object | undefined),
});
