import type { ClaimRange } from './claim-range';

const form = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

const toNumber = (address: string): number | undefined => {
  const bytes = form.exec(address)?.slice(1).map(Number);
  return bytes?.every((byte) => byte <= 255)
    ? bytes.reduce((number, byte) => number * 256 + byte, 0)
    : undefined;
};

const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** The addresses of a network but its first, which names it, and its last; undefined if the text is no network. */
export function ipv4Range(cidr: string, setting: string): ClaimRange | undefined {
  const [address = '', bits = '', ...rest] = cidr.split('/');
  const base = toNumber(address);
  const length = Number(bits);
  // At least two addresses are left, and at most as many as a number's bits can tell.
  if (base === undefined || rest.length > 0 || !/^\d{1,2}$/.test(bits) || length < 8 || length > 30)
    return undefined;
  const all = 2 ** (32 - length);
  if (base % all !== 0) return undefined;
  return {
    name: `${setting} ${cidr}`,
    size: all - 2,
    at: (index) => toAddress(base + 1 + index),
    has: (value) => {
      const number = toNumber(value);
      return number !== undefined && number > base && number < base + all - 1;
    },
  };
}

/** The bits of a network as the steps of a path, so that networks that overlap are above or below each other. */
export function ipv4Path(cidr: string): string | undefined {
  const [address = '', bits = ''] = cidr.split('/');
  const number = toNumber(address);
  if (number === undefined || !/^\d{1,2}$/.test(bits)) return undefined;
  return [...number.toString(2).padStart(32, '0').slice(0, Number(bits))].join('/');
}
