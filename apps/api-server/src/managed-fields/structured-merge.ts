import { mergeOrder } from '../patch/element-order';
import { joinParts, type Part, partsOf } from './parts';
import type { Shape } from './shape';

/** What is applied laid over what is there: parts are merged by their names, values replaced. Neither is changed. */
export function structuredMerge(shape: Shape, there: unknown, applied: unknown): unknown {
  if (there === undefined) return applied;
  const [before, parts] = [partsOf(shape, there), partsOf(shape, applied)];
  if (!before || !parts) return applied;
  const byName = new Map(before.map((part) => [part.name, part]));
  const merged = parts.map((part): Part => {
    const other = byName.get(part.name);
    return other ? { ...part, value: structuredMerge(part.shape, other.value, part.value) } : part;
  });
  return joinParts(shape, ordered(shape, before, merged)) ?? applied;
}

/** Objects and maps stay as they stood; lists are ordered as patches order them. */
function ordered(shape: Shape, before: readonly Part[], merged: readonly Part[]): Part[] {
  const names = new Set(merged.map(({ name }) => name));
  const others = before.filter(({ name }) => !names.has(name));
  if (shape.is === 'object' || shape.is === 'map') return [...others, ...merged];
  const places = new Map(before.map(({ name }, index) => [name, index]));
  return mergeOrder(others, merged, ({ name }) => places.get(name) ?? -1);
}
