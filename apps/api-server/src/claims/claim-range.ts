/** From which values a family of claims is served. */
export interface ClaimRange {
  /** As a person knows it: the setting and its value, "service-cidr 10.96.0.0/16". */
  readonly name: string;
  readonly size: number;
  /** The value of a number from 0 to size. */
  at(index: number): string;
  has(value: string): boolean;
}

/** The ranges by family: "clusterips", "nodeports". A family without one is not picked from, and may claim anything. */
export type ClaimRanges = Readonly<Record<string, ClaimRange>>;

/** The first value from `start` on, round the end, that is not taken; undefined if all are. */
export function pickFree(range: ClaimRange, start: number, taken: ReadonlySet<string>): string | undefined {
  for (let step = 0; step < range.size; step += 1) {
    const value = range.at((start + step) % range.size);
    if (!taken.has(value)) return value;
  }
  return undefined;
}
