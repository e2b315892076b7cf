/**
 * Quantities, exactly: an amount is a whole number of nanos (10^-9), the finest that Kubernetes knows, and the notation
 * it was written in. What is finer is rounded away from zero; what is larger than 2^63-1 counts as that.
 */
import type { Quantity } from './generated/index.ownkube.meta.v1';

/** An amount, and how it likes to be written: "1500m", "64Mi", "12e3". */
export interface Amount {
  readonly nanos: bigint;
  readonly notation: 'decimal' | 'binary' | 'exponent';
}

const one = 1_000_000_000n;
const largest = (2n ** 63n - 1n) * one;

/** Suffix -> power of ten, and of 1024. */
const decimalSuffixes: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const form = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/;

/** Reads a quantity, as "100m", "1.5", "64Mi", "2e3"; undefined if it is none. */
export function parseQuantity(text: string): Amount | undefined {
  const match = text.length <= 100 ? form.exec(text) : null;
  if (!match) return undefined;
  const [, sign, number = '', suffix = ''] = match;
  const [whole = '', fraction = ''] = number.split('.');
  const digits = BigInt(whole + fraction);
  const power = binarySuffixes.indexOf(suffix);
  const notation = power > 0 ? 'binary' : suffix in decimalSuffixes ? 'decimal' : 'exponent';
  const scaled =
    notation === 'binary'
      ? divideUp(digits * 1024n ** BigInt(power) * one, 10n ** BigInt(fraction.length))
      : shift(digits, (decimalSuffixes[suffix] ?? Number(suffix.slice(1))) + 9 - fraction.length);
  const nanos = scaled > largest ? largest : scaled;
  // Less than one byte is not written with a binary suffix.
  const small = notation === 'binary' && nanos < one;
  return { nanos: sign === '-' ? -nanos : nanos, notation: small ? 'decimal' : notation };
}

/** digits * 10^exponent, rounded up; capped before it gets long. */
function shift(digits: bigint, exponent: number): bigint {
  if (digits === 0n) return 0n;
  if (exponent > 40) return largest;
  if (exponent >= 0) return digits * 10n ** BigInt(exponent);
  return exponent < -200 ? 1n : divideUp(digits, 10n ** BigInt(-exponent));
}

const divideUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** The canonical form: no fraction, the largest suffix that loses nothing. "1000m" is "1", "1024Mi" is "1Gi". */
export function formatQuantity({ nanos, notation }: Amount): string {
  if (nanos === 0n) return '0';
  const sign = nanos < 0n ? '-' : '';
  const absolute = nanos < 0n ? -nanos : nanos;
  if (notation === 'binary' && absolute >= 1024n * one && absolute % one === 0n)
    return sign + formatBinary(absolute / one);
  let mantissa = absolute;
  let exponent = -9;
  while (mantissa % 1000n === 0n && (exponent < 18 || notation === 'exponent')) {
    mantissa /= 1000n;
    exponent += 3;
  }
  const suffix =
    notation === 'exponent'
      ? exponent === 0
        ? ''
        : `e${exponent}`
      : Object.keys(decimalSuffixes).find((key) => decimalSuffixes[key] === exponent)!;
  return `${sign}${mantissa}${suffix}`;
}

function formatBinary(bytes: bigint): string {
  let mantissa = bytes;
  let power = 0;
  while (mantissa % 1024n === 0n && power < binarySuffixes.length - 1) {
    mantissa /= 1024n;
    power++;
  }
  return `${mantissa}${binarySuffixes[power]}`;
}

/** A quantity as its canonical text; undefined if the text is none. */
export function canonicalQuantity(text: string): string | undefined {
  const amount = parseQuantity(text);
  return amount && formatQuantity(amount);
}

/** An amount in nanos; what is missing or cannot be read counts as nothing (the api-server lets none such in). */
const nanosOf = (quantity: Quantity | string | undefined): bigint =>
  parseQuantity((typeof quantity === 'string' ? quantity : quantity?.string) ?? '0')?.nanos ?? 0n;

/** Negative, zero or positive, as a is less than, equal to or more than b. */
export function compareQuantity(a: Quantity | string | undefined, b: Quantity | string | undefined): number {
  const difference = nanosOf(a) - nanosOf(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A quantity in thousandths, rounded up: CPUs in millicores. */
export const milliValue = (quantity: Quantity | string | undefined): number =>
  Number(roundUp(nanosOf(quantity), 1_000_000n));

/** A quantity in whole units, rounded up: memory in bytes, pods. */
export const wholeValue = (quantity: Quantity | string | undefined): number =>
  Number(roundUp(nanosOf(quantity), one));

const roundUp = (nanos: bigint, unit: bigint): bigint =>
  nanos >= 0n ? divideUp(nanos, unit) : -divideUp(-nanos, unit);

/** Millicores as a quantity: 1500 is "1500m", 2000 is "2". */
export const cpuQuantity = (millis: number): Quantity => ({
  string: formatQuantity({ nanos: BigInt(millis) * 1_000_000n, notation: 'decimal' }),
});

/** Bytes as a quantity: 1048576 is "1Mi". */
export const memoryQuantity = (bytes: number): Quantity => ({
  string: formatQuantity({ nanos: BigInt(bytes) * one, notation: 'binary' }),
});
