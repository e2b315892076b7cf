import { closest, distance } from 'fastest-levenshtein';

/** The known name that was probably meant by `name`, if one is near: case aside, at most two letters off. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = known.map((candidate) => candidate.toLowerCase());
  const best = closest(name.toLowerCase(), lower);
  const allowed = name.length <= 2 ? 0 : name.length <= 4 ? 1 : 2;
  return distance(name.toLowerCase(), best) <= allowed ? known[lower.indexOf(best)] : undefined;
}

/** `; did you mean "image"?`, or nothing. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}
