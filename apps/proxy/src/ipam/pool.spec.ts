import fc from 'fast-check';
import { contains, formatIp, parseCidr, parseIp, sizeOf, type Cidr } from '../ipv4';
import { createPool } from './pool';

const cidr = parseCidr('10.244.1.0/24') as Cidr;
const ip = (text: string) => parseIp(text) as number;

test('hands out addresses in turn, from the first that a pod can have', () => {
  const pool = createPool(cidr);
  expect([pool.take(), pool.take()]).toEqual([ip('10.244.1.2'), ip('10.244.1.3')]);
});

test('an address rests before it is used again, also over a restart', () => {
  const pool = createPool(cidr);
  pool.release(pool.take() as number);
  expect(pool.take()).toBe(ip('10.244.1.3'));
  expect(createPool(cidr, ip('10.244.1.200')).take()).toBe(ip('10.244.1.201'));
  expect(createPool(cidr, ip('10.244.1.254')).take()).toBe(ip('10.244.1.2'));
  expect(createPool(cidr, ip('10.9.9.9')).take()).toBe(ip('10.244.1.2'));
});

test('gives all 253, none of them twice, then none, then the one that came back', () => {
  const pool = createPool(cidr);
  const all = Array.from({ length: 253 }, () => pool.take() as number);
  expect(new Set(all).size).toBe(253);
  expect(all.map(formatIp)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/\.(0|1|255)$/) as string]),
  );
  expect(pool.take()).toBeUndefined();
  pool.release(ip('10.244.1.77'));
  expect(pool.take()).toBe(ip('10.244.1.77'));
  expect(pool.used).toBe(pool.capacity);
});

test('a range without room for a pod is refused', () => {
  expect(() => createPool(parseCidr('10.0.0.0/31') as Cidr)).toThrow('10.0.0.0/31 is too small');
});

test('does as a plain set does, whatever is asked of it', () => {
  const step = fc.oneof(
    fc.constant({ do: 'take' as const, offset: 0 }),
    fc.record({
      do: fc.constantFrom('reserve' as const, 'release' as const),
      offset: fc.integer({ min: -2, max: 70 }),
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 26, max: 30 }), fc.array(step, { maxLength: 200 }), (bits, steps) => {
      const range = { base: ip('10.0.0.64'), bits };
      const pool = createPool(range);
      const taken = new Set<number>();
      const allowed = (address: number) =>
        contains(range, address) && address >= range.base + 2 && address < range.base + sizeOf(range) - 1;
      for (const { do: action, offset } of steps) {
        const address = range.base + offset;
        if (action === 'release') {
          pool.release(address);
          taken.delete(address);
        } else if (action === 'reserve') {
          expect(pool.reserve(address)).toBe(allowed(address) && !taken.has(address));
          if (allowed(address)) taken.add(address);
        } else {
          const got = pool.take();
          if (got === undefined) expect(taken.size).toBe(pool.capacity);
          else expect(allowed(got) && !taken.has(got)).toBe(true);
          if (got !== undefined) taken.add(got);
        }
        expect(pool.used).toBe(taken.size);
      }
    }),
  );
});
