/** Pods that answer each other, by real packets. */
import type { NetworkNamespace } from '@own-kube/testing';
import { fakeApi, type TestApi } from './testing/api';
import { createTestCluster, type TestCluster } from './testing/cluster';
import type { TestNode } from './testing/node';
import { ping, receive, refusal, send } from './testing/packets';
import { outsideIp } from './testing/underlay';

let cluster: TestCluster<TestApi>;
let one: TestNode;
let two: TestNode;
let a: NetworkNamespace;
let b: NetworkNamespace;
let c: NetworkNamespace;
const ips = { a: '', b: '', c: '' };

beforeAll(async () => {
  cluster = await createTestCluster(fakeApi);
  one = await cluster.addNode('node-1', '172.18.0.11');
  await one.start();
  [a, b] = [await cluster.addPod(), await cluster.addPod()];
  ips.a = (await one.attach('a', a)).ip;
  ips.b = (await one.attach('b', b)).ip;
  two = await cluster.addNode('node-2', '172.18.0.12');
  await two.start();
  c = await cluster.addPod();
  ips.c = (await two.attach('c', c)).ip;
  await ping(a, ips.c, { withinMs: 5_000 });
});
afterAll(() => cluster[Symbol.asyncDispose]());

test('pods of one node, and of two, have addresses of different ranges', () => {
  expect(ips).toEqual({ a: '10.244.0.2', b: '10.244.0.3', c: '10.244.1.2' });
});

test('pod to pod on one node, by way of the node', async () => {
  await ping(a, ips.b);
  expect(await a.run(['ip', 'route', 'get', ips.b])).toContain('via 10.244.0.1 dev eth0');
});

test('pod to pod across nodes, with its own address', async () => {
  await ping(c, ips.a);
  const got = receive(c, 8080);
  await send(a, ips.c, 8080, 'hello');
  expect(await got).toEqual({ text: 'hello', from: ips.a });
});

test('node to pod, on the node itself and on the other', async () => {
  await ping(one.machine, ips.a);
  await ping(one.machine, ips.c);
  await ping(two.machine, ips.a);
});

test("pod to the outside world, with the node's address", async () => {
  const got = receive(cluster.underlay.outside, 8080);
  await send(a, outsideIp, 8080, 'hello');
  expect(await got).toEqual({ text: 'hello', from: one.ip });
});

test("a packet of exactly the pod's MTU passes, one byte more is refused locally", async () => {
  for (const target of [ips.b, ips.c]) {
    await ping(a, target, { size: 1450 - 28, dontFragment: true });
    await expect(ping(a, target, { size: 1450 - 27, dontFragment: true })).rejects.toThrow(
      'message too long, mtu=1450',
    );
  }
});

test('a megabyte by TCP across nodes', async () => {
  const text = 'x'.repeat(1 << 20);
  const got = receive(c, 8080);
  await send(a, ips.c, 8080, text);
  expect((await got).text).toHaveLength(text.length);
});

test.each(['10.244.0.99', '10.244.1.99', '10.244.77.1'])(
  'nobody has %s: refused at once, and not asked outside',
  async (ip) => {
    expect(await refusal(a, ip, 80)).toBe('EHOSTUNREACH');
  },
);

test('pods do not speak to each other past the node', async () => {
  await a.run(['ip', 'route', 'add', ips.b, 'dev', 'eth0']);
  await expect(ping(a, ips.b)).rejects.toThrow();
  await a.run(['ip', 'route', 'del', ips.b, 'dev', 'eth0']);
});
