/** Which addresses of a range are taken: one bit each. Policy alone; who holds them and what is on disk is ipam.ts. */
import { contains, formatCidr, sizeOf, type Cidr } from '../ipv4';

/** The addresses of one range. */
export interface Pool {
  /** Takes the next free address after the one taken last, so that an address rests before it is used again. */
  take(): number | undefined;
  /** Takes this address. False where it is taken, or is not one that pods can have. */
  reserve(ip: number): boolean;
  /** Gives an address back. One that is not taken is no error. */
  release(ip: number): void;
  /** How many addresses pods can have in all. */
  readonly capacity: number;
  /** How many of them are taken. */
  readonly used: number;
}

/** The network's own address, the gateway's, and the broadcast address are nobody's. */
const notForPods = 3;

/** Makes a pool in which nothing is taken. The first take is the next after `last`. */
export function createPool(cidr: Cidr, last = cidr.base + 1): Pool {
  const size = sizeOf(cidr);
  if (size <= notForPods)
    throw new RangeError(`${formatCidr(cidr)} is too small to have addresses for pods.`);
  const taken = new Uint32Array(Math.ceil(size / 32));
  const isFree = (offset: number) => ((taken[offset >>> 5] ?? 0) & (1 << (offset & 31))) === 0;
  const set = (offset: number) => (taken[offset >>> 5] = (taken[offset >>> 5] ?? 0) | (1 << (offset & 31)));
  for (let offset = size; offset < taken.length * 32; offset++) set(offset);
  [0, 1, size - 1].forEach(set);

  const capacity = size - notForPods;
  let used = 0;
  let cursor = contains(cidr, last) ? (last - cidr.base + 1) % size : 2;

  /** The first free offset at or after `from`, looking at 32 addresses at a time, once around. */
  function nextFree(from: number): number {
    for (let step = 0; step <= taken.length; step++) {
      const index = ((from >>> 5) + step) % taken.length;
      const ahead = step === 0 ? -1 << (from & 31) : -1;
      const free = ~(taken[index] ?? 0) & ahead;
      if (free !== 0) return index * 32 + 31 - Math.clz32(free & -free);
    }
    return -1;
  }

  function claim(offset: number): void {
    set(offset);
    used++;
  }

  return {
    capacity,
    get used() {
      return used;
    },
    take() {
      const offset = nextFree(cursor);
      if (offset < 0) return undefined;
      claim(offset);
      cursor = (offset + 1) % size;
      return cidr.base + offset;
    },
    reserve(ip) {
      if (!contains(cidr, ip) || !isFree(ip - cidr.base)) return false;
      claim(ip - cidr.base);
      return true;
    },
    release(ip) {
      const offset = ip - cidr.base;
      if (!contains(cidr, ip) || offset < 2 || offset === size - 1 || isFree(offset)) return;
      taken[offset >>> 5] = (taken[offset >>> 5] ?? 0) & ~(1 << (offset & 31));
      used--;
    },
  };
}
