import fc from 'fast-check';
import { type FieldSet, pathsOf } from './field-set';
import type { Manager } from './managers';
import { type Managed, planApply } from './plan-apply';
import { shapeOfMessage } from './shape';
import { trackWrite } from './track-write';

const shape = shapeOfMessage('ownkube.core.v1.PodSpec');
const writerOf = (manager: string, operation: 'Apply' | 'Update' = 'Apply') =>
  ({ manager, operation, apiVersion: 'v1', subresource: '' }) as const;
const time = { seconds: 1, nanos: 0 };
const nobody: Managed = { object: {}, managers: [] };

const apply = (current: Managed, manager: string, applied: object, force = false): Managed =>
  planApply(current, {
    what: 'it',
    writer: writerOf(manager),
    time,
    shape,
    applied,
    ownable: applied,
    force,
  });
const update = ({ object: before, managers }: Managed, manager: string, after: object): Managed => ({
  object: after,
  managers: trackWrite(managers, { writer: writerOf(manager, 'Update'), time, shape, before, after }),
});
const owned = ({ managers }: Managed): Record<string, string[]> =>
  Object.fromEntries(managers.map(({ writer, fields }: Manager) => [writer.manager ?? '', paths(fields)]));
const paths = (fields: FieldSet) => pathsOf(fields).toSorted();

const [a, b] = [
  { name: 'a', image: 'a:1' },
  { name: 'b', image: 'b:1' },
];

describe('apply', () => {
  test('sets what is applied, and owns it', () => {
    const made = apply(nobody, 'me', { hostname: 'x', containers: [a] });
    expect(made.object).toEqual({ hostname: 'x', containers: [a] });
    expect(owned(made)).toEqual({
      me: ['.containers[name="a"]', '.containers[name="a"].image', '.containers[name="a"].name', '.hostname'],
    });
  });

  test.each<[string, object, object, object, object]>([
    ['a field', { hostname: 'x', priority: 1 }, {}, { priority: 1 }, { priority: 1 }],
    [
      'an item, with its defaults',
      { containers: [a, b] },
      { containers: [{ ...a, tty: true }, b] },
      { containers: [b] },
      { containers: [b] },
    ],
    [
      'a field of an item',
      { containers: [{ ...a, tty: true }] },
      {},
      { containers: [a] },
      { containers: [a] },
    ],
    ['an object with its last field', { securityContext: { runAsUser: 1 } }, {}, {}, {}],
    ['a map', { nodeSelector: { x: 'y' } }, {}, {}, {}],
    [
      'an item by all its keys',
      { containers: [{ ...a, ports: [{ containerPort: 1 }] }] },
      { containers: [{ ...a, ports: [{ containerPort: 1, protocol: 'TCP' }] }] },
      { containers: [{ ...a, ports: [{ containerPort: 1, protocol: 'UDP' }] }] },
      { containers: [{ ...a, ports: [{ containerPort: 1, protocol: 'UDP' }] }] },
    ],
  ])('again without it removes %s', (_name, first, defaulted, second, expected) => {
    const made = apply(nobody, 'me', first);
    const current = { ...made, object: { ...(made.object as object), ...defaulted } };
    expect(apply(current, 'me', second).object).toEqual(expected);
  });

  test("leaves what is others'", () => {
    const made = apply(nobody, 'me', { containers: [a, b] });
    const shared = apply(made, 'you', { containers: [{ ...a, tty: true }], hostname: 'x' });
    expect(shared.object).toEqual({ hostname: 'x', containers: [{ ...a, tty: true }, b] });
    const left = apply(shared, 'me', {});
    expect(left.object).toEqual({ hostname: 'x', containers: [{ ...a, tty: true }] });
    expect(apply(left, 'you', { containers: [{ name: 'a', tty: true }] }).object).toEqual({
      containers: [{ name: 'a', tty: true }],
    });
  });

  test('conflicts with whoever else has set it, by apply or by update', () => {
    const made = update(apply(nobody, 'me', { hostname: 'x', containers: [a] }), 'you', {
      hostname: 'y',
      containers: [a],
    });
    expect(owned(made)['you']).toEqual(['.hostname']);
    const other = { hostname: 'z', containers: [{ name: 'a', image: 'a:2' }] };
    expect(() => apply(made, 'she', other)).toThrow(
      '"she" cannot apply it: "me" (Apply) manages .containers[name="a"].image; "you" (Update) manages .hostname. ' +
        'Leave these fields out, give them the values that they have, or apply with force to take them over.',
    );
    const forced = apply(made, 'she', other, true);
    expect(forced.object).toEqual(other);
    expect(owned(forced)['you']).toEqual([]);
    expect(owned(forced)['me']).toEqual(['.containers[name="a"]', '.containers[name="a"].name']);
  });

  test('takes lists without keys as one', () => {
    const made = apply(nobody, 'me', { tolerations: [{ key: 'x' }] });
    expect(owned(made)).toEqual({ me: ['.tolerations'] });
    expect(() => apply(made, 'you', { tolerations: [{ key: 'y' }] })).toThrow(
      '"me" (Apply) manages .tolerations',
    );
  });
});

describe('an update', () => {
  test('takes over what it changes, and frees what it removes', () => {
    const made = apply(nobody, 'me', { hostname: 'x', priority: 1, containers: [a] });
    const updated = update(made, 'you', { priority: 2, containers: [a, b] });
    expect(owned(updated)).toEqual({
      me: ['.containers[name="a"]', '.containers[name="a"].image', '.containers[name="a"].name'],
      you: [
        '.containers[name="b"]',
        '.containers[name="b"].image',
        '.containers[name="b"].name',
        '.priority',
      ],
    });
  });

  test('that changes nothing says nothing', () => {
    const made = apply(nobody, 'me', { hostname: 'x' });
    expect(update(made, 'you', { hostname: 'x' }).managers).toEqual(made.managers);
  });
});

describe('any managers', () => {
  const container = fc.record({ name: fc.constantFrom('a', 'b', 'c'), image: fc.constantFrom('x', 'y') });
  const spec = fc.record(
    {
      hostname: fc.constantFrom('x', 'y'),
      nodeSelector: fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom('1', '2'), { minKeys: 1 }),
      containers: fc.uniqueArray(container, { selector: ({ name }) => name, minLength: 1 }),
    },
    { requiredKeys: [] },
  );

  test('see what they apply, each field applied by force has one owner, and none outlives its owners', () => {
    const step = fc.tuple(fc.constantFrom('p', 'q', 'r'), spec);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const current = steps.reduce((state, [manager, applied]) => {
          const next = apply(state, manager, applied, true);
          expect(apply(next, manager, applied)).toEqual(next);
          return next;
        }, nobody);
        const gone = ['p', 'q', 'r'].reduce((state, manager) => apply(state, manager, {}), current);
        expect(gone.object ?? {}).toEqual({});
      }),
    );
  });
});
