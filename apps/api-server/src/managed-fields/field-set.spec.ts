import fc from 'fast-check';
import {
  branch,
  emptySet,
  type FieldSet,
  intersect,
  isEmptySet,
  isSameSet,
  leaf,
  pathsOf,
  subtract,
  union,
} from './field-set';
import { formatFields, itemName, parseFields } from './fields-v1';

const names = fc.constantFrom('f:a', 'f:b', 'k:{"name":"x"}', 'v:"y"');
const { tree } = fc.letrec<{ tree: FieldSet }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constant(leaf),
    fc
      .tuple(fc.dictionary(names, tie('tree'), { minKeys: 1, maxKeys: 3 }), fc.boolean())
      .map(([children, owned]) => branch(Object.entries(children), owned)),
  ),
}));
const set = tree.map(({ children }) => branch(children));
const paths = (of: FieldSet) => new Set(pathsOf(of));

describe('field sets', () => {
  test('are sets of paths', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [inA, inB] = [paths(a), paths(b)];
        expect(paths(union(a, b))).toEqual(new Set([...inA, ...inB]));
        expect(paths(intersect(a, b))).toEqual(new Set([...inA].filter((path) => inB.has(path))));
        expect(paths(subtract(a, b))).toEqual(new Set([...inA].filter((path) => !inB.has(path))));
        expect(isSameSet(a, b)).toBe([...inA].toSorted().join() === [...inB].toSorted().join());
        expect(isEmptySet(subtract(a, a))).toBe(true);
      }),
    );
  });

  test('come back from FieldsV1', () => {
    fc.assert(
      fc.property(set, (a) => {
        expect(isSameSet(parseFields(formatFields(a))!, a)).toBe(true);
      }),
    );
  });

  test.each<[string, FieldSet | undefined]>([
    ['{}', emptySet],
    ['{"f:a":{}}', branch([['f:a', leaf]])],
    ['{"f:a":{".":{},"f:b":{}}}', branch([['f:a', branch([['f:b', leaf]], true)]])],
    ['{"k:{\\"b\\":1,\\"a\\":2}":{}}', branch([[itemName({ a: 2, b: 1 }), leaf]])],
    ['', undefined],
    ['[]', undefined],
    ['{"a":{}}', undefined],
    ['{"k:x":{}}', undefined],
    ['{"f:a":1}', undefined],
  ])('%s is read as upstream writes it', (raw, expected) => {
    expect(parseFields(Buffer.from(raw))).toEqual(expected);
  });

  test('are named as people write paths', () => {
    const container = branch([['f:image', leaf]], true);
    const containers = branch([[itemName({ name: 'web' }), container]]);
    const labels = branch([['f:app.io/x', leaf]]);
    expect(
      pathsOf(
        branch([
          ['f:spec', branch([['f:containers', containers]])],
          ['f:labels', labels],
        ]),
      ),
    ).toEqual(['.spec.containers[name="web"]', '.spec.containers[name="web"].image', '.labels[app.io/x]']);
  });
});
