import type { Row } from './row.ts';

/** What a benchmark is given. */
export interface BenchmarkContext {
  /** How often each figure is taken, beside its baseline. */
  readonly rounds: number;
  readonly signal: AbortSignal;
  /** Says what is being measured now. */
  readonly note: (text: string) => void;
}

/** A part's benchmark: measures, cleans up after itself, and returns its rows. */
export type Benchmark = (context: BenchmarkContext) => Promise<Row[]>;
