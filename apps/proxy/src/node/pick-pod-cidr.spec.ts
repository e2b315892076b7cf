import fc from 'fast-check';
import { formatCidr, overlaps, parseCidr, type Cidr } from '../ipv4';
import { pickPodCidr } from './pick-pod-cidr';

const cidr = (text: string) => parseCidr(text) as Cidr;
const pick = (taken: string[], { cluster = '10.244.0.0/16', bits = 24, had = '' } = {}) => {
  const picked = pickPodCidr({ cluster: cidr(cluster), bits, taken: taken.map(cidr), had: parseCidr(had) });
  return picked && formatCidr(picked);
};

test('the lowest free one', () => {
  expect(pick([])).toBe('10.244.0.0/24');
  expect(pick(['10.244.0.0/24', '10.244.2.0/24'])).toBe('10.244.1.0/24');
  expect(pick(['10.244.0.0/23', '10.244.2.0/25'])).toBe('10.244.3.0/24');
});

test('the one it had, if that is still free and of the right kind', () => {
  expect(pick([], { had: '10.244.7.0/24' })).toBe('10.244.7.0/24');
  expect(pick(['10.244.7.0/24'], { had: '10.244.7.0/24' })).toBe('10.244.0.0/24');
  expect(pick([], { had: '10.9.7.0/24' })).toBe('10.244.0.0/24');
  expect(pick([], { had: '10.244.7.0/25' })).toBe('10.244.0.0/24');
});

test('none, when all are taken', () => {
  expect(pick(['10.244.0.0/25', '10.244.0.128/25'], { cluster: '10.244.0.0/24', bits: 25 })).toBeUndefined();
  expect(pick([], { cluster: '10.244.0.0/24', bits: 24 })).toBe('10.244.0.0/24');
});

test('what is picked overlaps with nothing that is taken', () => {
  const taken = fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 22, max: 26 })), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(taken, (list) => {
      const others = list.map(([n, bits]) => {
        const size = 2 ** (32 - bits);
        const base = cidr('10.244.0.0/16').base + n * 256;
        return { base: base - (base % size), bits };
      });
      const picked = pickPodCidr({ cluster: cidr('10.244.0.0/16'), bits: 24, taken: others });
      return !picked || !others.some((other) => overlaps(other, picked));
    }),
  );
});
