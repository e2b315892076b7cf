import { Node } from '@own-kube/api';
import { buildNode, type NodeIdentity, withLabels, withStatus } from './build-node';

const identity: NodeIdentity = {
  name: 'node-1',
  ip: '172.18.0.3',
  machine: {
    cores: 2,
    memoryBytes: 1,
    kernelVersion: '6.1',
    architecture: 'amd64',
    machineID: 'm',
    bootID: 'b',
  },
  capacity: { cpu: { string: '2' } },
  version: 'v0.1.0',
};
const health = {
  engineProblem: undefined,
  networkProblem: undefined,
  headroom: { memory: 1, disk: 1, processes: 1 },
};

test('a new node has its labels', () => {
  expect(buildNode(identity).metadata).toMatchObject({
    name: 'node-1',
    labels: {
      'kubernetes.io/hostname': 'node-1',
      'kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
    },
  });
  expect(withLabels(buildNode(identity), identity)).toBeUndefined();
});

test("missing labels are added, others' stay", () => {
  const node = Node.fromPartial({
    metadata: { name: 'node-1', labels: { disk: 'ssd', 'kubernetes.io/os': 'x' } },
  });
  expect(withLabels(node, identity)?.metadata?.labels).toMatchObject({
    disk: 'ssd',
    'kubernetes.io/os': 'linux',
  });
});

test('the status is all ours, the rest is left alone', () => {
  const node = Node.fromPartial({
    metadata: { name: 'node-1', annotations: { a: 'b' }, resourceVersion: '7' },
    spec: { podCIDR: '10.244.1.0/24' },
  });
  const next = withStatus(node, identity, {
    health,
    engine: { version: '28.2.2', operatingSystem: 'Debian' },
    now: 0,
  });
  expect({ metadata: next.metadata, spec: next.spec }).toEqual({ metadata: node.metadata, spec: node.spec });
  expect(next.status).toMatchObject({
    addresses: [
      { type: 'InternalIP', address: '172.18.0.3' },
      { type: 'Hostname', address: 'node-1' },
    ],
    nodeInfo: { containerRuntimeVersion: 'docker://28.2.2', osImage: 'Debian', kubeletVersion: 'v0.1.0' },
  });
});

test('what the engine said last stays while it is away', () => {
  const engine = { version: '28.2.2', operatingSystem: 'Debian' };
  const before = withStatus(buildNode(identity), identity, { health, engine, now: 0 });
  const next = withStatus(before, identity, { health, engine: undefined, now: 1000 });
  expect(next.status?.nodeInfo?.containerRuntimeVersion).toBe('docker://28.2.2');
});
