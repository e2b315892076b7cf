import { ExecError, type Exec } from '../exec';
import { failureOf, parseFailures, runLines } from './batch';

const stderr = `Cannot find device "a"
Command failed -:2
Error: argument "x" is wrong
RTNETLINK answers: File exists
Command failed -:10
`;

test('each failure has its line and what was said of it', () => {
  const failures = parseFailures(stderr);
  expect(failures).toEqual([
    { line: 1, text: 'Cannot find device "a"' },
    { line: 9, text: 'Error: argument "x" is wrong; RTNETLINK answers: File exists' },
  ]);
});

test('failures are shown with their lines; what was to go and is not there is none', () => {
  const failures = parseFailures(stderr);
  expect(failureOf('Could not', ['x', 'link set dev a up'], failures.slice(0, 1))?.message).toBe(
    'Could not: `link set dev a up`: Cannot find device "a"',
  );
  expect(failureOf('Could not', ['x', 'link del dev a'], failures.slice(0, 1))).toBeUndefined();
  expect(failureOf('Could not', [], [])).toBeUndefined();
});

test('nothing to do runs nothing; a command that failed without a line is an error', async () => {
  const fail: Exec = async (argv) => {
    throw new ExecError(argv, 255, 'out of memory');
  };
  await expect(runLines(fail, ['ip'], [])).resolves.toEqual([]);
  await expect(runLines(fail, ['ip'], ['link show'])).rejects.toThrow('out of memory');
});
