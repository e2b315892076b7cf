import fc from 'fast-check';
import { SortedMap } from './sorted-map';

test('holds what a plain map holds, in the order of keys', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 4 });
  const step = fc.record({ key, remove: fc.boolean(), value: fc.nat() });
  fc.assert(
    fc.property(fc.array(step), key, fc.option(key, { nil: undefined }), (steps, prefix, after) => {
      const sorted = new SortedMap<number>();
      const plain = new Map<string, number>();
      for (const { key, remove, value } of steps) {
        if (remove) sorted.delete(key);
        else sorted.set(key, value);
        if (remove) plain.delete(key);
        else plain.set(key, value);
      }
      const keys = [...plain.keys()].sort();
      const wanted = keys.filter((k) => k.startsWith(prefix) && (after === undefined || k > after));
      expect([...sorted.range(prefix, after)]).toEqual(wanted.map((k) => plain.get(k)));
      expect(sorted.size).toBe(plain.size);
    }),
  );
});

test('reset replaces everything', () => {
  const map = new SortedMap<number>();
  map.set('z', 1);
  map.reset([
    ['b', 2],
    ['a', 1],
  ]);
  expect([...map.range('')]).toEqual([1, 2]);
  expect(map.get('z')).toBeUndefined();
});
