import fc from 'fast-check';
import {
  formatDuration,
  formatMicroTime,
  formatTime,
  fromTime,
  parseDuration,
  parseTime,
  toMicroTime,
  toTime,
} from './time';

describe('times', () => {
  test.each([
    ['2026-01-02T03:04:05Z', 1767323045, 0],
    ['2026-01-02T03:04:05.25Z', 1767323045, 250_000_000],
    ['2026-01-02T04:34:05.000006+01:30', 1767323045, 6000],
    ['2026-01-01T22:04:05-05:00', 1767323045, 0],
    ['1969-12-31T23:59:59Z', -1, 0],
    ['0001-01-01T00:00:00Z', -62135596800, 0],
  ])('%s', (text, seconds, nanos) => {
    expect(parseTime(text)).toEqual({ seconds, nanos });
  });

  test.each(['', '2026-02-30T00:00:00Z', '2026-01-01', '2026-01-01T25:00:00Z', '2026-01-01T00:00:00', 'now'])(
    '"%s" is no time',
    (text) => {
      expect(parseTime(text)).toBeUndefined();
    },
  );

  test('are written as they are read', () => {
    const range = fc.integer({ min: -62135596800, max: 253402300799 });
    fc.assert(fc.property(range, (seconds) => parseTime(formatTime({ seconds }))?.seconds === seconds));
    expect(formatMicroTime({ seconds: 1767323045, nanos: 6999 })).toBe('2026-01-02T03:04:05.000006Z');
    expect(formatTime({ seconds: 1e15 })).toBe('9999-12-31T23:59:59Z');
    expect(formatTime({ seconds: -1e15 })).toMatch(/Z$/);
  });

  test('go to and from milliseconds', () => {
    expect(toTime(1999)).toEqual({ seconds: 1, nanos: 0 });
    expect(fromTime(toMicroTime(1999.5))).toBe(1999);
    expect(fromTime(toMicroTime(-1))).toBe(-1);
    expect(fromTime(undefined)).toBeUndefined();
  });
});

describe('durations', () => {
  test.each([
    ['0', 0, '0s'],
    ['1m30s', 90e9, '1m30s'],
    ['1.5h', 5400e9, '1h30m0s'],
    ['-100ms', -100e6, '-100ms'],
    ['1.5us', 1500, '1.5µs'],
    ['7ns', 7, '7ns'],
    ['1h1.5s', 3601.5e9, '1h0m1.5s'],
    ['.5s', 500e6, '500ms'],
  ])('%s', (text, duration, canonical) => {
    expect(parseDuration(text)).toEqual({ duration });
    expect(formatDuration({ duration })).toBe(canonical);
  });

  test.each(['', '1', '1d', 's', '1m 30s', '.s', '99999h', '1s-1s'])('"%s" is no duration', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test('are written as they are read', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (duration) => {
        expect(parseDuration(formatDuration({ duration }))).toEqual({ duration });
      }),
    );
  });
});
