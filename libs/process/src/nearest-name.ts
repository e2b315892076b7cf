import { closest, distance } from 'fastest-levenshtein';

/** The known name that was probably meant by `name`, if one is near: up to two letters off, one in short names,
 *  none in names of one or two letters. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const allowed = name.length <= 2 ? 0 : name.length <= 4 ? 1 : 2;
  const best = closest(name, known);
  return distance(name, best) <= allowed ? best : undefined;
}
