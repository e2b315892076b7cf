import { type ApiError, decodeManifest, encodeManifest, podKind, type Violation } from '@own-kube/api';
import fc from 'fast-check';
import { strategicMerge } from './strategic-merge';

const merge = (target: object, patch: unknown) =>
  strategicMerge('ownkube.core.v1.Pod', target as never, patch);
/** What an error says is wrong. */
const problemsOf = (act: () => unknown): readonly Violation[] => {
  try {
    act();
  } catch (error) {
    return (error as ApiError).violations;
  }
  return [];
};
/** A pod whose spec is given, and a patch of its spec. */
const mergeSpec = (spec: object, patch: unknown) => merge({ spec }, { spec: patch })['spec'];
const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name, image: `${name}:1` }));

describe('a strategic merge patch', () => {
  test.each<[string, object, unknown, unknown]>([
    ['merges objects', { hostname: 'x', priority: 1 }, { priority: 2 }, { hostname: 'x', priority: 2 }],
    ['removes by null', { hostname: 'x', priority: 1 }, { priority: null }, { hostname: 'x' }],
    [
      'merges containers by name',
      { containers: [a, b] },
      { containers: [{ name: 'b', image: 'b:2' }] },
      { containers: [a, { name: 'b', image: 'b:2' }] },
    ],
    ['puts new items first', { containers: [a] }, { containers: [b] }, { containers: [b, a] }],
    [
      'deletes items',
      { containers: [a, b] },
      { containers: [{ $patch: 'delete', name: 'a' }] },
      { containers: [b] },
    ],
    [
      'replaces lists',
      { containers: [a, b] },
      { containers: [{ $patch: 'replace' }, c] },
      { containers: [c] },
    ],
    [
      'replaces items',
      { containers: [{ ...a, command: ['x'] }] },
      { containers: [{ $patch: 'replace', name: 'a', image: 'a:2' }] },
      { containers: [{ name: 'a', image: 'a:2' }] },
    ],
    [
      'replaces objects',
      { securityContext: { runAsUser: 1 } },
      { securityContext: { $patch: 'replace', runAsGroup: 2 } },
      { securityContext: { runAsGroup: 2 } },
    ],
    [
      'deletes objects',
      { hostname: 'x', securityContext: { runAsUser: 1 } },
      { securityContext: { $patch: 'delete' } },
      { hostname: 'x' },
    ],
    [
      'sets the order',
      { containers: [a, b, c] },
      { '$setElementOrder/containers': [{ name: 'c' }, { name: 'b' }, { name: 'a' }] },
      { containers: [c, b, a] },
    ],
    [
      'keeps what the order does not name where it was',
      { containers: [a, b, c] },
      { '$setElementOrder/containers': [{ name: 'c' }, { name: 'b' }] },
      { containers: [a, c, b] },
    ],
    [
      'merges ports by containerPort',
      { containers: [{ ...a, ports: [{ containerPort: 80 }, { containerPort: 81 }] }] },
      { containers: [{ name: 'a', ports: [{ containerPort: 81, name: 'x' }] }] },
      { containers: [{ ...a, ports: [{ containerPort: 80 }, { containerPort: 81, name: 'x' }] }] },
    ],
    [
      'takes tolerations as one',
      { tolerations: [{ key: 'x' }] },
      { tolerations: [{ key: 'y' }] },
      { tolerations: [{ key: 'y' }] },
    ],
    [
      'retains keys',
      { volumes: [{ name: 'v', emptyDir: {} }] },
      { volumes: [{ $retainKeys: ['name', 'hostPath'], name: 'v', hostPath: { path: '/x' } }] },
      { volumes: [{ name: 'v', hostPath: { path: '/x' } }] },
    ],
    [
      'merges maps',
      { nodeSelector: { a: '1', b: '2' } },
      { nodeSelector: { b: null, c: '3' } },
      { nodeSelector: { a: '1', c: '3' } },
    ],
    [
      'drops what a directive has done in what is new',
      {},
      { containers: [{ $patch: 'merge', ...a }] },
      { containers: [a] },
    ],
  ])('%s', (_name, spec, patch, expected) => {
    expect(mergeSpec(spec, patch)).toEqual(expected);
  });

  test('adds and deletes finalizers one by one', () => {
    const pod = { metadata: { finalizers: ['a', 'b'] } };
    expect(merge(pod, { metadata: { finalizers: ['b', 'c'] } })).toEqual({
      metadata: { finalizers: ['a', 'b', 'c'] },
    });
    expect(merge(pod, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } })).toEqual({
      metadata: { finalizers: ['b'] },
    });
  });

  test('tells of everything that is wrong with it', () => {
    const patch = {
      spec: {
        contaners: null,
        $magic: 1,
        containers: [{ image: 'x' }, { name: 'a', $patch: 'x' }],
        volumes: {},
        securityContext: 1,
        '$setElementOrder/imagePullSecrets': [{ name: 'x' }],
        imagePullSecrets: [{ name: 'y' }],
      },
    };
    expect(problemsOf(() => merge({}, patch))).toEqual([
      { field: 'spec.$magic', description: 'is no directive that is known here' },
      { field: 'spec.contaners', description: 'unknown field; did you mean "containers"?' },
      { field: 'spec.containers[0].name', description: 'is required: it says which item is meant' },
      { field: 'spec.containers[1].$patch', description: 'must be merge, replace or delete, got "x"' },
      { field: 'spec.volumes', description: 'must be a list, got an object' },
      { field: 'spec.securityContext', description: 'must be an object, got 1' },
      {
        field: 'spec.imagePullSecrets',
        description: '$setElementOrder leaves out "y", which the patch has',
      },
    ]);
  });

  test.each([
    '$setElementOrder/hostname',
    '$deleteFromPrimitiveList/containers',
    '$setElementOrder/securityContext',
  ])('takes %s for a mistake', (name) => {
    const spec = { hostname: 'x', containers: [a], securityContext: { runAsUser: 1 } };
    expect(problemsOf(() => mergeSpec(spec, { [name]: [] }))).toMatchObject([
      { field: `spec.${name.split('/')[1]}` },
    ]);
  });

  const container = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    image: fc.constantFrom('x', 'y'),
  });
  const containers = fc.uniqueArray(container, { selector: ({ name }) => name });

  test('has what it names, and of the rest everything', () => {
    fc.assert(
      fc.property(containers, containers, (there, patch) => {
        const merged = mergeSpec({ containers: there }, { containers: patch }) as {
          containers: (typeof a)[];
        };
        const expected = new Map([...there, ...patch].map((item) => [item.name, item]));
        expect(new Map(merged.containers.map((item) => [item!.name, item]))).toEqual(expected);
        expect(mergeSpec(merged, { containers: patch })).toEqual(merged);
        const names: string[] = patch.map(({ name }) => name);
        expect(merged.containers.map((item) => item!.name).filter((name) => names.includes(name))).toEqual(
          names,
        );
      }),
    );
  });

  test('of an object into itself changes nothing', () => {
    fc.assert(
      fc.property(containers, (items) => {
        const pod = decodeManifest({ apiVersion: 'v1', kind: 'Pod', spec: { containers: items } });
        const json = encodeManifest(podKind, pod.object);
        expect(merge(json, json)).toEqual(json);
      }),
    );
  });
});
