/** Nodes that find each other through a real api-server. */
import { eventually } from '@own-kube/testing';
import { realApi, type TestApi } from './testing/api';
import { createTestCluster, type TestCluster } from './testing/cluster';
import type { TestNode } from './testing/node';
import { ping } from './testing/packets';

let cluster: TestCluster<TestApi>;
let nodes: TestNode[];

beforeAll(async () => {
  cluster = await createTestCluster(realApi);
  nodes = await Promise.all([1, 2, 3].map((n) => cluster.addNode(`node-${n}`, `172.18.0.${10 + n}`)));
  await Promise.all(nodes.map((node) => node.start()));
});
afterAll(() => cluster[Symbol.asyncDispose]());

const cidrOf = (name: string) =>
  eventually(async () => (await cluster.api.client.nodes.get({ name })).spec?.podCIDR || false);
const entriesOf = async ({ machine }: TestNode) =>
  Promise.all([
    machine.run(['ip', 'neigh', 'show', 'dev', 'vxlan10']),
    machine.run(['bridge', 'fdb', 'show', 'dev', 'vxlan10']),
    machine.run(['ip', 'route', 'show', 'dev', 'vxlan10']),
  ]);

test('three that start at once have three ranges, and reach each other', async () => {
  const cidrs = await Promise.all(nodes.map(({ name }) => cidrOf(name)));
  expect([...cidrs].sort()).toEqual(['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/24']);
  const pods = await Promise.all(
    nodes.map(async (node, i) => {
      const pod = await cluster.addPod();
      return { pod, ip: (await node.attach(`p${i}`, pod)).ip };
    }),
  );
  for (const { pod } of pods) for (const { ip } of pods) await ping(pod, ip, { withinMs: 5_000 });
});

test('a node that goes is taken out of the others at once; one that comes back is back', async () => {
  const [one, , three] = nodes as [TestNode, TestNode, TestNode];
  const cidr = await cidrOf('node-3');
  const node = await cluster.api.client.nodes.get({ name: 'node-3' });
  const isKnown = async () =>
    (await entriesOf(one)).map(
      (text) => text.includes(cidr.replace('.0/24', '.')) || text.includes('172.18.0.13'),
    );
  expect(await isKnown()).toEqual([true, true, true]);
  await cluster.api.client.nodes.delete({ name: 'node-3' });
  await eventually(async () => expect(await isKnown()).toEqual([false, false, false]), { timeoutMs: 5_000 });

  const { name, labels } = node.metadata!;
  const created = await cluster.api.client.nodes.create({
    ...node,
    metadata: {
      ...node.metadata!,
      name,
      labels,
      uid: undefined,
      resourceVersion: undefined,
      annotations: {},
    },
    spec: undefined,
    status: undefined,
  });
  await cluster.api.client.nodes.updateStatus({ ...created, status: node.status });
  expect(await cidrOf('node-3')).toBe(cidr);
  const pod = await cluster.addPod();
  await ping(one.machine, (await three.attach('again', pod)).ip, { withinMs: 5_000 });
});

test('a node that changes its address is followed', async () => {
  const [one] = nodes as [TestNode];
  const node = await cluster.api.client.nodes.get({ name: 'node-2' });
  const addresses = [{ type: 'InternalIP', address: '172.18.0.99' }];
  await cluster.api.client.nodes.updateStatus({ ...node, status: { ...node.status!, addresses } });
  await eventually(
    async () => {
      const [, forwarding] = await entriesOf(one);
      expect(forwarding).toContain('dst 172.18.0.99');
      expect(forwarding).not.toContain('dst 172.18.0.12');
    },
    { timeoutMs: 5_000 },
  );
});
