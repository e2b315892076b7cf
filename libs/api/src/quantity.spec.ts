import fc from 'fast-check';
import {
  canonicalQuantity,
  compareQuantity,
  cpuQuantity,
  formatQuantity,
  memoryQuantity,
  milliValue,
  parseQuantity,
  wholeValue,
} from './quantity';

describe('canonicalQuantity', () => {
  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['0Ki', '0'],
    ['1', '1'],
    ['+1', '1'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.5', '500m'],
    ['.5', '500m'],
    ['2.', '2'],
    ['100', '100'],
    ['1000', '1k'],
    ['1e3', '1e3'],
    ['12E4', '120e3'],
    ['1e-3', '1e-3'],
    ['100e0', '100'],
    ['1E', '1E'],
    ['64Mi', '64Mi'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['1000Ki', '1000Ki'],
    ['0.3Ki', '307200m'],
    ['-2Gi', '-2Gi'],
    ['0.1n', '1n'],
    ['-0.1n', '-1n'],
    ['1.0000000001', '1000000001n'],
    ['9223372036854775807', '9223372036854775807'],
    ['9223372036854775808', '9223372036854775807'],
    ['100E', '9223372036854775807'],
    ['1e999999999', '9223372036854775807'],
    ['1e-999999999', '1e-9'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  test.each([
    '',
    ' 1',
    '1 ',
    '1kb',
    '1ki',
    '1K',
    'Mi',
    '1,5',
    '1.5.5',
    '--1',
    '1e',
    '1e1.5',
    'NaN',
    '0x10',
    '1m m',
  ])('"%s" is no quantity', (text) => {
    expect(canonicalQuantity(text)).toBeUndefined();
  });

  const quantities = fc
    .tuple(
      fc.constantFrom('', '-', '+'),
      fc.bigInt({ min: 0n, max: 10n ** 12n }),
      fc.option(fc.integer({ min: 0, max: 999999 })),
      fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'e2', 'E-3'),
    )
    .map(
      ([sign, whole, fraction, suffix]) =>
        `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${suffix}`,
    );

  test('is the same amount, and its own canonical form', () => {
    fc.assert(
      fc.property(quantities, (text) => {
        const canonical = canonicalQuantity(text)!;
        expect(parseQuantity(canonical)!.nanos).toBe(parseQuantity(text)!.nanos);
        expect(canonicalQuantity(canonical)).toBe(canonical);
        expect(canonical).not.toContain('.');
      }),
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void canonicalQuantity(text)));
  });
});

test('numbers in and out', () => {
  expect(milliValue('1.5')).toBe(1500);
  expect(milliValue({ string: '100u' })).toBe(1);
  expect(milliValue(undefined)).toBe(0);
  expect(wholeValue('64Mi')).toBe(67108864);
  expect(wholeValue('100m')).toBe(1);
  expect(wholeValue('-1500m')).toBe(-2);
  expect(cpuQuantity(1500)).toEqual({ string: '1500m' });
  expect(cpuQuantity(4000)).toEqual({ string: '4' });
  expect(memoryQuantity(2 ** 30)).toEqual({ string: '1Gi' });
  expect(compareQuantity('1Gi', '1G')).toBe(1);
  expect(compareQuantity('1000m', { string: '1' })).toBe(0);
  expect(compareQuantity(undefined, '1')).toBe(-1);
  expect(formatQuantity({ nanos: 1n, notation: 'binary' })).toBe('1n');
});
