import { ApiError } from '@own-kube/api';
import { exitCodeOf, exitCodes, exitCodesHelp, TimedOut, UsageError } from './exit-codes';
import { formatError } from './format-error';

test.each([
  [new UsageError('x'), 2],
  [new ApiError('NotFound', 'x'), 3],
  [new ApiError('Invalid', 'x'), 4],
  [new ApiError('Unavailable', 'x'), 5],
  [new ApiError('DeadlineExceeded', 'x'), 5],
  [new ApiError('Conflict', 'x'), 6],
  [new ApiError('PermissionDenied', 'x'), 7],
  [new TimedOut('x'), 8],
  [new ApiError('Internal', 'x'), 1],
  [new Error('x'), 1],
  ['x', 1],
])('%p ends with %d', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

test('--help lists them all', () => {
  for (const code of Object.values(exitCodes))
    expect(exitCodesHelp).toMatch(new RegExp(`^ {2}${code} `, 'm'));
});

test('an error is a sentence; its stack is shown only where it is ours to mend', () => {
  expect(formatError(new ApiError('Invalid', 'a is wrong\nb is wrong'))).toBe(
    'Error: a is wrong\nError: b is wrong',
  );
  expect(formatError(new TypeError('oops'))).toMatch(/^TypeError: oops\n\s+at /);
});
