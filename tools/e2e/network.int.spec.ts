import { run, tryRun } from '../kit/run.ts';
import { containerOf } from './kit/parts.ts';
import { apply, inNetworkOf, inPod, removePods, running, webPod, type RunningPod } from './kit/pods.ts';
import { ensureUp, testCluster } from './kit/test-cluster.ts';

const image = 'own-kube/whats-my-ip';
const names = ['net-a', 'net-b', 'net-c'] as const;
let pods: Record<string, RunningPod>;
let outsider: { id: string; ip: string };

beforeAll(async () => {
  await ensureUp();
  await apply(webPod('net-a', 'node-1'), webPod('net-b', 'node-1'), webPod('net-c', 'node-2'));
  pods = Object.fromEntries((await running(...names)).map((pod) => [pod.name, pod]));
  const id = await run(['docker', 'run', '--detach', '--network', testCluster.network, image]);
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
  outsider = { id, ip: await run(['docker', 'inspect', '--format', format, id]) };
});

afterAll(async () => {
  if (outsider) await run(['docker', 'rm', '--force', outsider.id]);
  await removePods(...names);
});

const pod = (name: string): RunningPod => {
  const found = pods[name];
  if (!found) throw new Error(`no pod ${name}`);
  return found;
};

describe.each([
  ['on one node', 'net-a', 'net-b'],
  ['across nodes', 'net-a', 'net-c'],
  ['across nodes, the other way', 'net-c', 'net-b'],
  ['to itself', 'net-a', 'net-a'],
])('pod to pod, %s', (_where, from, to) => {
  test('ping', async () => {
    const { code, output } = await inPod(pod(from), 'ping', '-c', '3', '-i', '0.2', '-W', '2', pod(to).ip);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(' 0% packet loss') });
  });

  test('HTTP: it answers with its own address and name', async () => {
    const { stdout } = await inPod(pod(from), 'wget', '-q', '-T', '5', '-O', '-', `http://${pod(to).ip}/`);
    expect(stdout).toBe(`${pod(to).ip} ${to}\n`);
  });
});

test.each(['node-1', 'node-2'])('%s reaches every pod', async (node) => {
  const network = `container:${await containerOf(node)}`;
  for (const { ip, name } of Object.values(pods)) {
    const { stdout } = await tryRun([
      'docker',
      'run',
      '--rm',
      '--network',
      network,
      image,
      'wget',
      '-q',
      '-T',
      '5',
      '-O',
      '-',
      `http://${ip}/`,
    ]);
    expect(stdout).toBe(`${ip} ${name}\n`);
  }
});

test.each(names)('%s reaches the world outside of the nodes', async (name) => {
  const { stdout } = await inPod(pod(name), 'wget', '-q', '-T', '5', '-O', '-', `http://${outsider.ip}/`);
  expect(stdout.trim().split(' ')[0]).toBe(outsider.ip);
});

test('an address of the pod network that nobody has is refused, not waited for', async () => {
  const { code, output } = await inPod(pod('net-a'), 'wget', '-T', '10', '-O', '-', 'http://10.244.250.250/');
  expect(code).not.toBe(0);
  expect(output).toMatch(/no route to host|unreachable/i);
});

test('1 MB over HTTP across nodes arrives whole', async () => {
  await inPod(
    pod('net-a'),
    'wget',
    '-q',
    '-T',
    '30',
    '-O',
    '/tmp/1mb.bin',
    `http://${pod('net-c').ip}/1mb.bin`,
  );
  const [received, sent] = await Promise.all([
    inPod(pod('net-a'), 'md5sum', '/tmp/1mb.bin'),
    inPod(pod('net-c'), 'md5sum', '/www/1mb.bin'),
  ]);
  expect(received.stdout.split(' ')[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(received.stdout.split(' ')[0]).toBe(sent.stdout.split(' ')[0]);
});

describe('packets that may not be fragmented', () => {
  const headers = 28; // IPv4 and ICMP
  const ping = (from: string, to: string, size: number) =>
    inNetworkOf(pod(from).pid, 'ping', '-M', 'do', '-c', '1', '-W', '2', '-s', String(size), pod(to).ip);
  const mtu = async (name: string) =>
    Number(
      /mtu (\d+)/.exec((await inNetworkOf(pod(name).pid, 'ip', '-o', 'link', 'show', 'eth0')).stdout)?.[1],
    );

  test('the MTU of a pod leaves room for VXLAN', async () => {
    const uplink = await tryRun([
      'docker',
      'run',
      '--rm',
      '--network',
      `container:${await containerOf('node-1')}`,
      image,
      'ip',
      '-o',
      'link',
      'show',
      'eth0',
    ]);
    expect(await mtu('net-a')).toBe(Number(/mtu (\d+)/.exec(uplink.stdout)?.[1]) - 50);
  });

  test.each([
    ['on one node', 'net-a', 'net-b'],
    ['across nodes', 'net-a', 'net-c'],
  ])('exactly the MTU passes %s, one byte more is refused locally', async (_where, from, to) => {
    const size = (await mtu(from)) - headers;
    expect(await ping(from, to, size)).toMatchObject({ code: 0 });
    const refused = await ping(from, to, size + 1);
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/message too long/i);
  });
});
