/** Attaching and detaching: again, at once, wrongly, and through crashes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  eventually,
  networkNamespace,
  startProcess,
  stopProcess,
  type NetworkNamespace,
} from '@own-kube/testing';
import { fakeApi } from './testing/api';
import { createTestCluster, type TestCluster } from './testing/cluster';
import type { TestNode } from './testing/node';
import { ping } from './testing/packets';
import { ip } from './testing/underlay';

let cluster: TestCluster<Awaited<ReturnType<typeof fakeApi>>>;
let node: TestNode;
let pod: NetworkNamespace;
let used = 0;

beforeAll(async () => {
  cluster = await createTestCluster(fakeApi);
  pod = await cluster.addPod();
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** A node of its own for each test, with its proxy. */
const startNode = async (flags: string[] = []) => {
  node = await cluster.addNode(`node-${++used}`, `172.18.0.${10 + used}`);
  return node.start(flags);
};
const requestOf = (uid: string, { pid, startTime }: NetworkNamespace) => ({
  podUid: uid,
  podNamespace: 'default',
  podName: `pod-${uid}`,
  pid,
  processStartTime: startTime,
});
const attachAll = async (pods: NetworkNamespace[], prefix = 'p') =>
  (await Promise.all(pods.map((pod, i) => node.attach(`${prefix}${i}`, pod)))).map((answer) => answer.ip);
const detachAll = async () => {
  const { attachments } = await node.podNetwork.list({});
  await Promise.all(attachments.map(({ podUid }) => node.podNetwork.detach({ podUid })));
};
const pods = (count: number) => Promise.all(Array.from({ length: count }, () => networkNamespace()));
const removeAll = (all: NetworkNamespace[]) => Promise.all(all.map((one) => one.remove()));

describe('on one node', () => {
  beforeAll(() => startNode());

  test('attach again: the same answer; detach, also again: nothing is left', async () => {
    const first = await node.attach('again', pod);
    expect(await node.attach('again', pod)).toEqual(first);
    await ping(node.machine, first.ip);
    expect((await node.podNetwork.list({})).attachments).toEqual([
      expect.objectContaining({
        podUid: 'again',
        podNamespace: 'default',
        podName: 'pod-again',
        ip: first.ip,
      }),
    ]);
    await node.podNetwork.detach({ podUid: 'again' });
    await node.podNetwork.detach({ podUid: 'again' });
    expect(await node.leftovers()).toBe('');
    expect((await node.podNetwork.list({})).attachments).toEqual([]);
  });

  test('attach again puts right what is missing', async () => {
    const { ip: address } = await node.attach('broken', pod);
    for (const damage of [
      'link del eth0',
      'link set eth0 down',
      `addr del ${address}/32 dev eth0`,
      'route del default',
    ]) {
      await ip(pod, [damage]);
      await expect(ping(node.machine, address)).rejects.toThrow();
      expect((await node.attach('broken', pod)).ip).toBe(address);
      await ping(node.machine, address);
    }
    await node.podNetwork.detach({ podUid: 'broken' });
  });

  test('a pod whose sandbox was replaced keeps its address', async () => {
    const other = await networkNamespace();
    const { ip: address } = await node.attach('moved', pod);
    expect((await node.attach('moved', other)).ip).toBe(address);
    await ping(other, node.ip);
    await node.podNetwork.detach({ podUid: 'moved' });
    expect(await node.leftovers()).toBe('');
    await other.remove();
  });

  test('a process that is gone, or is another one, is refused and not touched', async () => {
    const gone = await networkNamespace();
    await gone.remove();
    const wrong = [
      requestOf('gone', gone),
      { ...requestOf('reused', pod), processStartTime: pod.startTime + 1 },
      { ...requestOf('node', pod), pid: node.machine.pid, processStartTime: node.machine.startTime },
    ];
    for (const request of wrong) {
      await expect(node.podNetwork.attach(request)).rejects.toMatchObject({ code: 'FailedPrecondition' });
    }
    expect(await pod.run(['ip', '-br', 'link'])).not.toContain('eth0');
    expect((await node.podNetwork.list({})).attachments).toEqual([]);
  });

  test('an eth0 of somebody else is not touched', async () => {
    const foreign = await networkNamespace();
    await ip(foreign, ['link add eth0 type veth peer name other']);
    const refused = node.podNetwork.attach(requestOf('foreign', foreign));
    await expect(refused).rejects.toMatchObject({
      code: 'FailedPrecondition',
      message: expect.stringContaining('not ours') as string,
    });
    expect(await foreign.run(['ip', '-br', 'link'])).toContain('other');
    expect(await node.leftovers()).toBe('');
    await foreign.remove();
  });

  test('a request that says too little says what is missing', async () => {
    const empty = { podUid: '', podNamespace: '', podName: '', pid: 0, processStartTime: 0 };
    await expect(node.podNetwork.attach(empty)).rejects.toMatchObject({
      code: 'Invalid',
      violations: { length: 3 },
    });
  });

  test('fifty at once have fifty addresses, all of which answer; nothing is left of them', async () => {
    const all = await pods(50);
    const start = performance.now();
    const ips = await attachAll(all);
    process.stdout.write(`50 attaches at once: ${Math.round(performance.now() - start)} ms\n`);
    expect(new Set(ips).size).toBe(50);
    await Promise.all(ips.map((address) => ping(node.machine, address)));
    await ping(all[0]!, ips[49]!);
    await detachAll();
    expect(await node.leftovers()).toBe('');
    await removeAll(all);
  });

  test('veths and ways that belong to nobody go', async () => {
    const { ip: address } = await node.attach('stays', pod);
    await ip(node.machine, [
      'link add veth0123456789a type veth peer name x',
      'route add 10.244.0.250 dev br0',
      'link add veth9 type veth peer name y',
    ]);
    await restart();
    await eventually(async () => expect(await node.leftovers()).not.toMatch(/veth0123456789a|10.244.0.250/));
    expect(await node.leftovers()).toMatch(/veth9/);
    await ping(node.machine, address);
    await node.podNetwork.detach({ podUid: 'stays' });
  });

  test('devices of living pods that are gone come back by themselves', async () => {
    const { ip: address } = await node.attach('healed', pod);
    const { attachments } = await node.podNetwork.list({});
    for (const damage of [
      `link del ${attachments[0]!.hostInterface}`,
      'link del br0',
      'link set br0 mtu 1400',
      'link del vxlan10',
    ]) {
      await ip(node.machine, [damage]);
      await restart();
      await ping(node.machine, address, { withinMs: 5_000 });
      await eventually(async () =>
        expect(await node.machine.run(['ip', 'link', 'show', 'vxlan10'])).toContain('mtu 1450'),
      );
    }
    await node.podNetwork.detach({ podUid: 'healed' });
  });

  async function restart(): Promise<void> {
    await stopProcess(node.current());
    await node.start();
  }
});

test('stopped or killed, and without the api-server: devices stay, and a new one answers the same', async () => {
  let proxy = await startNode();
  const { ip: address } = await node.attach('a', pod);
  cluster.api.fake.setDown(true);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await proxy.kill(signal);
    await ping(node.machine, address);
    proxy = await node.start();
    await ping(node.machine, address);
    expect((await node.attach('a', pod)).ip).toBe(address);
  }
  cluster.api.fake.setDown(false);
});

test('killed in the middle of attaches: the same addresses after, and nothing leaks', async () => {
  await startNode();
  const all = await pods(20);
  const known = new Map<number, string>();
  for (const delayMs of [5, 15, 30, 60, 90]) {
    const asked = all.map(async (one, i) => {
      const answer = await node.podNetwork.attach(requestOf(`k${i}`, one)).catch(() => undefined);
      if (!answer) return;
      expect(known.get(i) ?? answer.ip).toBe(answer.ip);
      known.set(i, answer.ip);
    });
    const proxy = node.current();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await proxy.kill('SIGKILL');
    await Promise.all(asked);
    await node.start();
  }
  const ips = await attachAll(all, 'k');
  for (const [i, address] of known) expect(ips[i]).toBe(address);
  expect(new Set(ips).size).toBe(20);
  await Promise.all(ips.map((address) => ping(node.machine, address)));
  await detachAll();
  expect(await node.leftovers()).toBe('');
  expect((await node.podNetwork.list({})).attachments).toEqual([]);
  await removeAll(all);
});

test('a used-up range: a sentence at once, and on it goes when an address is free', async () => {
  await startNode(['--node-mask=29']);
  const all = await pods(6);
  await attachAll(all.slice(0, 5));
  const late = node.podNetwork.attach(requestOf('late', all[5]!));
  await expect(late).rejects.toMatchObject({
    code: 'ResourceExhausted',
    message: expect.stringContaining('all 5 are leased') as string,
  });
  await node.podNetwork.detach({ podUid: 'p2' });
  await ping(node.machine, (await node.attach('late', all[5]!)).ip);
  await removeAll(all);
});

test('devices of former times with other parameters are replaced', async () => {
  node = await cluster.addNode(`node-${++used}`, `172.18.0.${10 + used}`);
  await ip(node.machine, [
    'link add vxlan10 type vxlan id 11 dstport 8472 dev eth0',
    'link add br0 type bridge',
    'addr add 10.9.9.1/24 dev br0',
    'link set br0 mtu 9000',
  ]);
  await node.start();
  await ping(node.machine, (await node.attach('a', pod)).ip);
  const seen = await node.machine.run(['ip', '-d', 'addr', 'show']);
  expect(seen).toMatch(
    /vxlan10: .* mtu 1450[^]*vxlan id 10 local 172\.18\.0\.\d+ dev eth0 .*dstport 4789 nolearning/,
  );
  expect(seen).not.toContain('10.9.9.1');
});

test('its journal is for root alone', async () => {
  const path = join(cluster.api.dir, node.name, 'state/pod-network.journal');
  expect(await readFile(path, 'utf8')).toContain('"op":"cidr"');
  const stat = await startProcess({
    command: 'stat',
    args: ['-c', '%a', path, join(cluster.api.dir, node.name, 'p.sock')],
  });
  await stat.ended;
  expect(stat.output().trim()).toBe('600\n600');
});
