import type { DeepPartial, Node } from '@own-kube/api';
import { aNode, type NodeShape } from '@own-kube/testing';
import { nodeStrategy } from './strategy';

const node = (shape: NodeShape): Node => nodeStrategy.withDefaults(aNode(shape));

test('podCIDR and podCIDRs go together', () => {
  expect(node({ podCIDR: '10.0.1.0/24' }).spec?.podCIDRs).toEqual(['10.0.1.0/24']);
  expect(node({ spec: { podCIDRs: ['10.0.1.0/24'] } }).spec?.podCIDR).toBe('10.0.1.0/24');
  const torn = node({ podCIDR: '10.0.1.0/24', spec: { podCIDRs: ['10.0.2.0/24'] } });
  expect(nodeStrategy.validate(torn)).toMatchObject([{ field: 'spec.podCIDRs' }]);
});

test('a podCIDR is claimed', () => {
  expect(nodeStrategy.claims(node({ podCIDR: '10.0.1.0/24' }))).toEqual([
    {
      ...{ what: 'podcidrs', value: '10.0.1.0/24', field: 'spec.podCIDR' },
      path: '0/0/0/0/1/0/1/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/1',
    },
  ]);
  expect(nodeStrategy.claims(node({}))).toEqual([]);
});

test.each<[string, NodeShape, NodeShape, string[]]>([
  ['set a podCIDR', {}, { podCIDR: '10.0.1.0/24' }, []],
  [
    'change a podCIDR',
    { podCIDR: '10.0.1.0/24' },
    { podCIDR: '10.0.2.0/24' },
    ['spec.podCIDR', 'spec.podCIDRs'],
  ],
  ['drop a podCIDR', { podCIDR: '10.0.1.0/24' }, {}, ['spec.podCIDR', 'spec.podCIDRs']],
  ['change a provider', { spec: { providerID: 'a' } }, { spec: { providerID: 'b' } }, ['spec.providerID']],
  ['close a node', {}, { unschedulable: true }, []],
])('an update may %s: %j -> %j', (_name, before, after, fields) => {
  const violations = nodeStrategy.validateUpdate(node(after), node(before));
  expect(violations.map(({ field }) => field)).toEqual(fields);
});

test.each<[string, DeepPartial<NonNullable<Node['status']>>, string]>([
  ['a capacity that is none', { capacity: { cpu: { string: 'many' } } }, 'status.capacity[cpu]'],
  ['less than nothing', { allocatable: { cpu: { string: '-1' } } }, 'status.allocatable[cpu]'],
  [
    'an address that is none',
    { addresses: [{ type: 'InternalIP', address: 'x' }] },
    'status.addresses[0].address',
  ],
])('a status with %s is refused', (_name, status, field) => {
  const next = node({ status });
  expect(nodeStrategy.validateStatusUpdate(next, next)).toMatchObject([{ field }]);
});

test('a node describes itself when it registers', () => {
  expect(nodeStrategy.prepareForCreate(aNode()).status?.conditions).toHaveLength(1);
});
