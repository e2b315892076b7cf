/**
 * Two lists without a common item as one, as upstream orders what a patch and the server each have: the patch's items
 * come first, but for those before which the server had others.
 * @param before the place of an item in the server's list; -1 for one that is not in it.
 */
export function mergeOrder<T>(
  serverOnly: readonly T[],
  patched: readonly T[],
  before: (item: T) => number,
): T[] {
  const merged: T[] = [];
  let next = 0;
  for (const item of patched) {
    const place = before(item);
    while (next < serverOnly.length && place >= 0 && before(serverOnly[next]!) < place)
      merged.push(serverOnly[next++]!);
    merged.push(item);
  }
  return [...merged, ...serverOnly.slice(next)];
}
