import { countJest, formatSum, formatTable, type JestResult } from './count.ts';

const result = (some: Partial<JestResult>): JestResult => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  ...some,
});

test.each<[string, JestResult | undefined, number, number, number]>([
  ['all pass', result({ numPassedTests: 3 }), 0, 3, 0],
  ['some fail', result({ numPassedTests: 3, numFailedTests: 2 }), 1, 3, 2],
  [
    'a skipped test has not passed',
    result({ numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 }),
    0,
    3,
    2,
  ],
  ['a file does not even load', result({ numRuntimeErrorTestSuites: 1 }), 1, 0, 1],
  ['there is no test at all', result({}), 0, 0, 1],
  ['jest itself ends badly', result({ numPassedTests: 3 }), 1, 3, 1],
  ['jest leaves no result', undefined, 1, 0, 1],
])('%s', (_name, jest, exitCode, passed, failed) => {
  expect(countJest(jest, exitCode)).toEqual({ passed, failed });
});

const counts = [
  { name: 'lint', passed: 1, failed: 0, ms: 1200 },
  { name: 'unit tests', passed: 40, failed: 2, ms: 20_000 },
];

test('the sum is over all suites', () => {
  expect(formatSum(counts)).toBe('41 passed, 2 failed');
});

test('the table has a row for each suite', () => {
  expect(formatTable(counts).split('\n')).toEqual([
    'suite       passed  failed      time',
    'lint             1       0     1.2 s',
    'unit tests      40       2    20.0 s',
  ]);
});
