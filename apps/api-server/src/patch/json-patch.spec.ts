import fc from 'fast-check';
import { compare } from 'fast-json-patch';
import { applyJsonPatch } from './json-patch';

const target = { a: [1, 2, 3], b: { c: 1 }, n: null };

describe('a JSON patch', () => {
  test.each<[string, unknown[], unknown]>([
    ['adds', [{ op: 'add', path: '/b/d', value: 2 }], { ...target, b: { c: 1, d: 2 } }],
    ['adds to the end of a list', [{ op: 'add', path: '/a/-', value: 4 }], { ...target, a: [1, 2, 3, 4] }],
    ['removes', [{ op: 'remove', path: '/a/0' }], { ...target, a: [2, 3] }],
    ['replaces', [{ op: 'replace', path: '/n', value: 1 }], { ...target, n: 1 }],
    ['moves', [{ op: 'move', from: '/b/c', path: '/n' }], { ...target, b: {}, n: 1 }],
    ['copies', [{ op: 'copy', from: '/b', path: '/n' }], { ...target, n: { c: 1 } }],
    ['tests', [{ op: 'test', path: '/b', value: { c: 1 } }], target],
    [
      'reads ~1 and ~0',
      [{ op: 'add', path: '/b/x~1y~0z', value: 2 }],
      { ...target, b: { c: 1, 'x/y~z': 2 } },
    ],
  ])('%s', (_name, patch, expected) => {
    expect(applyJsonPatch(target, patch)).toEqual(expected);
  });

  test.each<[unknown, string]>([
    [
      { op: 'remove', path: '/x' },
      '[1]: cannot perform the operation at a path that does not exist ("remove" at "/x")',
    ],
    [{ op: 'test', path: '/b/c', value: 2 }, '[1]: the value there is another ("test" at "/b/c")'],
    [{ op: 'move', from: '/b', path: '/b/c' }, '[1]: move is not possible there ("move" at "/b/c")'],
    [{ op: '_get', path: '/b' }, '[1]: op must be one of add, remove, replace, move, copy, test, got "_get"'],
    [{ op: 'add', path: '/a/9', value: 1 }, '[1]: the specified index MUST NOT be greater'],
    [{ op: 'add', path: '/x' }, '[1]: operation `value` property is not present'],
    [{ op: 'add', path: '/__proto__/x', value: 1 }, '[1]: add is not possible there'],
    ['x', '[1]: op must be one of'],
  ])('%j is refused by its place', (operation, message) => {
    const patch = [{ op: 'test', path: '/b/c', value: 1 }, operation];
    expect(() => applyJsonPatch(target, patch)).toThrow(message);
  });

  test('cannot grow without bound', () => {
    const doubling = Array.from({ length: 40 }, (_, index) => ({
      op: 'copy',
      from: '/b',
      path: `/b/x${index}`,
    }));
    expect(() => applyJsonPatch({ b: { c: 'x'.repeat(1000) } }, doubling)).toThrow('copies more than');
    expect(() => applyJsonPatch({}, { op: 'add' })).toThrow('must be a list of operations, got an object');
  });

  test('of the difference between two values makes the one of the other', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    const json = (from: object) => JSON.parse(JSON.stringify(from)) as object;
    fc.assert(
      fc.property(value.map(json), value.map(json), (from, to) => {
        fc.pre(!JSON.stringify([from, to]).includes('__proto__'));
        const before = JSON.stringify(from);
        expect(applyJsonPatch(from, compare(from, to))).toEqual(to);
        expect(JSON.stringify(from)).toBe(before);
      }),
    );
  });
});
