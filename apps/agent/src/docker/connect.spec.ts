import { pickVersion } from './connect';

test.each([
  ['1.41', '1.12', '1.41'],
  ['1.9', undefined, '1.9'],
  ['1.50', '1.24', '1.50'],
  ['1.62', '1.44', '1.50'],
])('an engine that speaks up to %s, and no less than %s, is spoken to in %s', (newest, oldest, version) => {
  expect(pickVersion(newest, oldest)).toBe(version);
});

test('an engine that is too new is refused with both versions', () => {
  expect(() => pickVersion('1.70', '1.60')).toThrow(
    'Docker speaks API 1.60 to 1.70, this agent at most 1.50',
  );
});
