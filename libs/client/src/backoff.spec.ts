import { createBackoff } from './backoff';

test('delays double up to the longest, less a random half, and begin again after a reset', () => {
  const backoff = createBackoff({ baseMs: 100, maxMs: 350, random: () => 0 });
  expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([100, 200, 350, 350]);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});

test('the jitter takes off at most a half', () => {
  const backoff = createBackoff({ baseMs: 100, maxMs: 100, random: () => 0.5 });
  expect(backoff.next()).toBe(75);
});

test('a long row of failures stays at the longest delay', () => {
  const backoff = createBackoff({ baseMs: 100, maxMs: 1000, random: () => 0 });
  for (let i = 0; i < 5000; i++) backoff.next();
  expect(backoff.next()).toBe(1000);
});
