/** What a benchmark says: one row for each thing that was measured, beside its baseline of the same run. */

/** A limit on a value or on a ratio to the baseline. */
export type Bar = { readonly atLeast: number } | { readonly atMost: number };

/** One measured thing. */
export interface Row {
  readonly what: string;
  /** The median of the rounds. */
  readonly value: number;
  /** Smallest and largest of the rounds. */
  readonly spread: readonly [number, number];
  readonly unit: string;
  /** The median of what it is held against, in the same unit and the same run. */
  readonly baseline?: number;
  /** The median of the rounds' own ratios value / baseline. */
  readonly ratio?: number;
  /** What must hold: of the ratio where there is a baseline, else of the value. */
  readonly bar?: Bar;
  readonly holds?: boolean;
}

/** What one round measured. */
export interface Sample {
  readonly value: number;
  readonly baseline?: number;
}

/** The middle of the values; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Whether a figure keeps a bar. */
export const keeps = (bar: Bar, figure: number): boolean =>
  'atLeast' in bar ? figure >= bar.atLeast : figure <= bar.atMost;

/** A row out of its rounds. Ratios are taken round by round, so that a slow moment of the machine hits both sides. */
export function buildRow(what: string, unit: string, samples: readonly Sample[], bar?: Bar): Row {
  const values = samples.map(({ value }) => value);
  const paired = samples.filter((sample): sample is Required<Sample> => sample.baseline !== undefined);
  const ratio = paired.length ? median(paired.map(({ value, baseline }) => value / baseline)) : undefined;
  const value = median(values);
  return {
    what,
    value,
    spread: [Math.min(...values), Math.max(...values)],
    unit,
    ...(paired.length ? { baseline: median(paired.map(({ baseline }) => baseline)), ratio } : {}),
    ...(bar ? { bar, holds: keeps(bar, ratio ?? value) } : {}),
  };
}
