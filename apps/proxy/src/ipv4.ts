/** IPv4 addresses and ranges as numbers: what allocation and checking need, and nothing that reaches a command unparsed. */
import { IPv4 } from 'ipaddr.js';

/** A range of addresses: its first one as an unsigned 32-bit number, and the length of its prefix. */
export interface Cidr {
  readonly base: number;
  readonly bits: number;
}

/** "10.244.1.7" as a number; undefined for anything but four plain decimal parts. */
export function parseIp(text: string): number | undefined {
  if (!IPv4.isValidFourPartDecimal(text)) return undefined;
  return IPv4.parse(text).octets.reduce((value, octet) => value * 256 + octet, 0);
}

/** A number as "10.244.1.7". */
export const formatIp = (ip: number): string =>
  [ip >>> 24, (ip >>> 16) & 255, (ip >>> 8) & 255, ip & 255].join('.');

/** "10.244.1.0/24"; undefined where it is not a range in its plain form (bits of the host part set, leading zeros). */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const base = parseIp(address);
  if (base === undefined || rest.length > 0 || !/^(\d|[12]\d|3[0-2])$/.test(prefix)) return undefined;
  const cidr = { base, bits: Number(prefix) };
  return base % sizeOf(cidr) === 0 ? cidr : undefined;
}

/** A range as "10.244.1.0/24". */
export const formatCidr = ({ base, bits }: Cidr): string => `${formatIp(base)}/${bits}`;

/** How many addresses a range has. */
export const sizeOf = ({ bits }: Cidr): number => 2 ** (32 - bits);

/** Whether an address is in a range. */
export const contains = (cidr: Cidr, ip: number): boolean => ip >= cidr.base && ip < cidr.base + sizeOf(cidr);

/** Whether the whole of one range is in another. */
export const containsCidr = (outer: Cidr, inner: Cidr): boolean =>
  inner.bits >= outer.bits && contains(outer, inner.base);

/** Whether two ranges have an address in common. */
export const overlaps = (a: Cidr, b: Cidr): boolean => contains(a, b.base) || contains(b, a.base);

/** The node's own address in its range, by which all traffic of its pods goes: the first after the network's. */
export const gatewayOf = ({ base }: Cidr): string => formatIp(base + 1);
