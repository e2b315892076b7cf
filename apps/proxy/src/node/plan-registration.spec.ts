import { Node } from '@own-kube/api';
import { parseCidr, type Cidr } from '../ipv4';
import { planRegistration, type RegistrationFacts } from './plan-registration';

const vtepMac = '02:00:00:00:00:01';
const aNode = (name: string, podCIDR?: string, annotations: Record<string, string> = {}) =>
  Node.fromPartial({ metadata: { name, resourceVersion: '7', annotations }, spec: { podCIDR } });
const plan = (node: Node, facts: Partial<RegistrationFacts> = {}) =>
  planRegistration({
    node,
    nodes: [node, aNode('node-2', '10.244.0.0/24')],
    cluster: parseCidr('10.244.0.0/16') as Cidr,
    bits: 24,
    vtepMac,
    had: undefined,
    refused: [],
    ...facts,
  });

test('a Node without a range gets the lowest free one, and nothing else of it changes', () => {
  const node = aNode('node-1', undefined, { a: 'b' });
  node.spec = { unschedulable: true, taints: [], podCIDRs: [] };
  expect(plan(node)).toMatchObject({
    metadata: {
      name: 'node-1',
      resourceVersion: '7',
      annotations: { a: 'b', 'own-kube.io/vtep-mac': vtepMac },
    },
    spec: { podCIDR: '10.244.1.0/24', podCIDRs: ['10.244.1.0/24'], unschedulable: true },
  });
});

test('one that the api-server refused is not asked for again', () => {
  expect(plan(aNode('node-1'), { refused: ['10.244.1.0/24'] })?.spec?.podCIDR).toBe('10.244.2.0/24');
});

test('a Node that was made anew gets the range on disk', () => {
  expect(plan(aNode('node-1'), { had: '10.244.9.0/24' })?.spec?.podCIDR).toBe('10.244.9.0/24');
});

test('a Node that has a range keeps it, whatever is on disk', () => {
  expect(plan(aNode('node-1', '10.244.5.0/24'), { had: '10.244.9.0/24' })?.spec?.podCIDR).toBe(
    '10.244.5.0/24',
  );
});

test('a Node that says it all is not written', () => {
  expect(plan(aNode('node-1', '10.244.5.0/24', { 'own-kube.io/vtep-mac': vtepMac }))).toBeUndefined();
});

test('sentences for what cannot be', () => {
  expect(() => plan(aNode('node-1', '10.9.0.0/24'))).toThrow(
    'podCIDR "10.9.0.0/24" of Node node-1 is no range in 10.244.0.0/16',
  );
  expect(() => plan(aNode('node-1'), { cluster: parseCidr('10.244.0.0/24') as Cidr })).toThrow(
    'No range of /24 is free in 10.244.0.0/24',
  );
});
