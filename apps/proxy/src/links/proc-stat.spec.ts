import fc from 'fast-check';
import { parseStartTime } from './proc-stat';

const statOf = (name: string) =>
  `4242 (${name}) S 1 4242 4242 0 -1 4194560 99 0 0 0 1 2 0 0 20 0 1 0 987654 2568192 178 1`;

test.each(['pause', 'a b', ') S 1 1 1', '((', 'x) (y'])('the start time of a process named %j', (name) => {
  expect(parseStartTime(statOf(name))).toBe(987654);
});

test('no name changes what is read', () => {
  fc.assert(fc.property(fc.string({ maxLength: 15 }), (name) => parseStartTime(statOf(name)) === 987654));
});

test('what is no stat has none', () => {
  expect(parseStartTime('')).toBeUndefined();
  expect(parseStartTime('1 (x) S 1')).toBeUndefined();
});
