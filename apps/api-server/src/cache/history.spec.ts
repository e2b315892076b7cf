import { History } from './history';

const limits = { events: 3, ms: 1_000, maxEvents: 6 };

function historyOf(times: number[]): History<number> {
  const history = new History<number>(limits);
  times.forEach((at, index) => void history.push(index, at));
  return history;
}

test.each([
  ['few events stay however old', [0, 0, 9_000], 0],
  ['many young events stay', [0, 0, 0, 0, 500], 0],
  ['old events beyond the number go', [0, 0, 0, 0, 0, 5_000], 3],
  ['old events go, young ones stay', [0, 4_500, 4_600, 4_700, 4_800, 5_000], 1],
  ['more than the most never stay', [0, 0, 0, 0, 0, 0, 0, 0], 2],
])('%s', (_name, times, first) => {
  const history = historyOf(times);
  expect([history.first, history.next]).toEqual([first, times.length]);
  expect(history.at(first)).toBe(first);
  expect(history.at(first - 1)).toBeUndefined();
  expect(history.at(history.next)).toBeUndefined();
});

test('numbers hold over very many events', () => {
  const history = new History<number>({ events: 10, ms: 0, maxEvents: 10 });
  for (let i = 0; i < 20_000; i += 1) history.push(i, i);
  expect([history.first, history.next]).toEqual([19_990, 20_000]);
  for (let i = history.first; i < history.next; i += 1) expect(history.at(i)).toBe(i);
});

test('says what fell out', () => {
  const history = historyOf([0, 0, 0, 0]);
  expect(history.push(4, 9_000)).toEqual([0, 1]);
});
