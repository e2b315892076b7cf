import { parseStartTime, processStartTime } from './process-start-time';

const rest = 'S 1 2 3 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 987654 1000000 200 18446744073709551615';

test.each([
  ['12 (pause) ', 987654],
  ['12 (a) b) S) ', 987654],
  ['12 () ', 987654],
])('%j', (head, ticks) => {
  expect(parseStartTime(head + rest)).toBe(ticks);
});

test('what is cut off is no answer', () => {
  expect(parseStartTime('12 (pause) S 1')).toBeUndefined();
  expect(parseStartTime('')).toBeUndefined();
});

test('of this process, and of none', async () => {
  expect(await processStartTime(process.pid)).toBeGreaterThan(0);
  expect(await processStartTime(2 ** 22 + 1)).toBeUndefined();
});
