import { buildRow, median } from './row';

test.each([
  [[3], 3],
  [[5, 1, 3], 3],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('ratios are taken round by round', () => {
  const samples = [
    { value: 10, baseline: 20 },
    { value: 1, baseline: 2 },
    { value: 9, baseline: 10 },
  ];
  expect(buildRow('x', 'calls/s', samples, { atLeast: 0.5 })).toEqual({
    what: 'x',
    value: 9,
    spread: [1, 10],
    unit: 'calls/s',
    baseline: 10,
    ratio: 0.5,
    bar: { atLeast: 0.5 },
    holds: true,
  });
});

test('without a baseline the bar is on the value', () => {
  expect(buildRow('rss', 'MB', [{ value: 120 }], { atMost: 110 })).toMatchObject({
    value: 120,
    holds: false,
  });
});
