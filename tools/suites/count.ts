/** Counting what passed and what failed, over all kinds of suites. */

export interface Count {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly ms: number;
}

/** What we read of jest's --json output. */
export interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Skipped. */
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Files that broke before their first test. */
  readonly numRuntimeErrorTestSuites: number;
}

/** The count of a jest run: a skipped test has not passed, and a run without a result or without a test has failed. */
export function countJest(
  result: JestResult | undefined,
  exitCode: number,
): { passed: number; failed: number } {
  if (!result) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = result;
  const failed = numFailedTests + numPendingTests + numTodoTests + numRuntimeErrorTestSuites;
  const nothing = numPassedTests + failed === 0 || (exitCode !== 0 && failed === 0);
  return { passed: numPassedTests, failed: nothing ? 1 : failed };
}

/** The table of all counts. */
export function formatTable(counts: readonly Count[]): string {
  const width = Math.max(...counts.map(({ name }) => name.length), 'suite'.length);
  const row = (name: string, passed: string, failed: string, time: string): string =>
    `${name.padEnd(width)}  ${passed.padStart(6)}  ${failed.padStart(6)}  ${time.padStart(8)}`;
  const rows = counts.map(({ name, passed, failed, ms }) =>
    row(name, String(passed), String(failed), `${(ms / 1000).toFixed(1)} s`),
  );
  return [row('suite', 'passed', 'failed', 'time'), ...rows].join('\n');
}

/** The sum, as the last line of a test run says it. */
export function formatSum(counts: readonly Count[]): string {
  const sum = (of: 'passed' | 'failed'): number => counts.reduce((total, count) => total + count[of], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}
