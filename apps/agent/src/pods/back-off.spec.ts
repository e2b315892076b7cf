import { pauseMs, restartAfter } from './back-off';

test.each([
  [0, 0],
  [1, 10_000],
  [2, 20_000],
  [3, 40_000],
  [5, 160_000],
  [6, 300_000],
  [1000, 300_000],
])('the pause of step %d is %d ms', (step, ms) => {
  expect(pauseMs(step)).toBe(ms);
});

test.each([
  ['a first end', { backOffStep: 0, startedAt: 1000, finishedAt: 2000 }, { at: 2000, backOffStep: 1 }],
  ['a second end', { backOffStep: 1, startedAt: 1000, finishedAt: 2000 }, { at: 12_000, backOffStep: 2 }],
  [
    'after ten minutes',
    { backOffStep: 5, startedAt: 0, finishedAt: 600_000 },
    { at: 600_000, backOffStep: 0 },
  ],
  ['never started', { backOffStep: 1 }, { at: 10_500, backOffStep: 2 }],
])('%s', (_name, ended, expected) => {
  expect(restartAfter({ createdAt: 500, ...ended })).toEqual(expected);
});
