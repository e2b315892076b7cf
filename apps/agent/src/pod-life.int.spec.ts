import { eventually } from '@own-kube/testing';
import { label } from './pods/labels';
import { type AgentFixture, shell, sleeper, startAgent } from './testing/agent-fixture';

let fixture: AgentFixture;
beforeAll(async () => {
  fixture = await startAgent();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const phaseOf = async (name: string) => (await fixture.getPod(name)).status?.phase;
const isRunning = (name: string) =>
  eventually(async () => (await phaseOf(name)) === 'Running', { timeoutMs: 20_000 });
const statusOf = async (name: string, index = 0) =>
  (await fixture.getPod(name)).status!.containerStatuses[index]!;

test('the node is registered, with what it has', async () => {
  const node = await eventually(() => fixture.client.nodes.get({ name: 'node-1' }));
  expect(node.metadata?.labels).toMatchObject({
    'kubernetes.io/hostname': 'node-1',
    'kubernetes.io/os': 'linux',
  });
  await eventually(async () => {
    const { status } = await fixture.client.nodes.get({ name: 'node-1' });
    expect(status?.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
    expect(status?.addresses).toContainEqual({ type: 'InternalIP', address: '192.0.2.7' });
    expect(status?.nodeInfo?.containerRuntimeVersion).toMatch(/^docker:\/\/\d/);
  });
});

test('a node that is deleted is registered again', async () => {
  await fixture.client.nodes.delete({ name: 'node-1' });
  await eventually(() => fixture.client.nodes.get({ name: 'node-1' }), { timeoutMs: 15_000 });
});

test('a pod runs with its address, its containers share network and IPC; deleted, nothing of it is left', async () => {
  const { metadata } = await fixture.createPod('two', {
    containers: [
      {
        ...sleeper('a'),
        env: [{ name: 'WHO', value: 'a' }],
        resources: { limits: { memory: { string: '64Mi' } } },
      },
      sleeper('b'),
    ],
  });
  await isRunning('two');
  const { status } = await fixture.getPod('two');
  expect(status).toMatchObject({
    podIP: fixture.network.leases.get(metadata!.uid!)?.ip,
    hostIP: '192.0.2.7',
    qosClass: 'Burstable',
    containerStatuses: [
      { name: 'a', ready: true, restartCount: 0, state: { running: {} } },
      { name: 'b', ready: true, containerID: expect.stringMatching(/^docker:\/\/[0-9a-f]{64}$/) },
    ],
  });
  expect(status?.conditions.map(({ type, status }) => [type, status])).toEqual([
    ['PodScheduled', 'True'],
    ['Initialized', 'True'],
    ['ContainersReady', 'True'],
    ['Ready', 'True'],
  ]);
  const all = await fixture.containers('two');
  expect(all).toHaveLength(3);
  const sandbox = all.find(({ labels }) => labels[label.type] === 'sandbox')!;
  expect(sandbox.networkMode).toBe('none');
  for (const { networkMode, id } of all)
    if (id !== sandbox.id) expect(networkMode).toBe(`container:${sandbox.id}`);

  await fixture.deletePod('two');
  await eventually(() => fixture.isGone('two'), { timeoutMs: 50_000 });
  expect(await fixture.containers('two')).toEqual([]);
  expect(fixture.network.leases.has(metadata!.uid!)).toBe(false);
});

test('a container that crashes is started again, at once and then with CrashLoopBackOff', async () => {
  await fixture.createPod('crash', { containers: [shell('main', 'exit 3')] });
  await eventually(
    async () => {
      expect(await statusOf('crash')).toMatchObject({
        restartCount: 1,
        ready: false,
        state: { waiting: { reason: 'CrashLoopBackOff', message: expect.stringContaining('10s') } },
        lastState: { terminated: { exitCode: 3, reason: 'Error' } },
      });
    },
    { timeoutMs: 15_000 },
  );
  expect(await phaseOf('crash')).toBe('Running');
  await eventually(async () => expect(await statusOf('crash')).toMatchObject({ restartCount: 2 }), {
    timeoutMs: 20_000,
  });
  // The newest and the one before are kept.
  await eventually(async () => {
    const all = (await fixture.containers('crash')).filter(
      ({ labels }) => labels[label.type] === 'container',
    );
    expect(all.map(({ labels }) => labels[label.restartCount])).toEqual(['2', '1']);
  });
  await fixture.deletePod('crash', 0);
});

test.each([
  ['Never', 'exit 0', 'Succeeded', 'Completed'],
  ['Never', 'exit 7', 'Failed', 'Error'],
  ['OnFailure', 'exit 0', 'Succeeded', 'Completed'],
])('restartPolicy %s, %s: %s', async (restartPolicy, line, phase, reason) => {
  const name = `${restartPolicy}-${phase}`.toLowerCase();
  const { metadata } = await fixture.createPod(name, { restartPolicy, containers: [shell('main', line)] });
  await eventually(async () => expect(await phaseOf(name)).toBe(phase), { timeoutMs: 20_000 });
  expect(await statusOf(name)).toMatchObject({ restartCount: 0, state: { terminated: { reason } } });
  // Its namespaces and its address are given back; what it was told of it stays.
  await eventually(async () => {
    const left = await fixture.containers(name);
    expect(left.map(({ labels }) => labels[label.type])).toEqual(['container']);
    expect(fixture.network.leases.has(metadata!.uid!)).toBe(false);
  });
  expect((await fixture.getPod(name)).status?.podIP).toMatch(/^10\.244\.0\./);
  await fixture.deletePod(name);
  await eventually(() => fixture.isGone(name));
  expect(await fixture.containers(name)).toEqual([]);
});

test('restartPolicy OnFailure: started again while it fails', async () => {
  await fixture.createPod('again', { restartPolicy: 'OnFailure', containers: [shell('main', 'exit 1')] });
  await eventually(async () => expect((await statusOf('again')).restartCount).toBeGreaterThan(0));
  expect(await phaseOf('again')).toBe('Running');
  await fixture.deletePod('again', 0);
});

test('an image that is nowhere: ErrImagePull, then ImagePullBackOff; the other containers run', async () => {
  const missing = { name: 'bad', image: '127.0.0.1:9/no/such:1' };
  await fixture.createPod('image', { containers: [missing, sleeper('good')] });
  const waiting = async () => (await statusOf('image')).state?.waiting;
  await eventually(async () => expect(await waiting()).toMatchObject({ reason: 'ErrImagePull' }));
  await eventually(async () =>
    expect(await waiting()).toMatchObject({
      reason: 'ImagePullBackOff',
      message: expect.stringContaining('127.0.0.1:9/no/such:1'),
    }),
  );
  await eventually(async () => expect(await statusOf('image', 1)).toMatchObject({ ready: true }));
  expect(await phaseOf('image')).toBe('Pending');
  await fixture.deletePod('image', 0);
});

test.each([
  ['never', { image: 'own-kube/none:1', imagePullPolicy: 'Never' }, 'ErrImageNeverPull'],
  ['name', { image: 'UPPER' }, 'InvalidImageName'],
  [
    'config',
    {
      env: [{ name: 'A', valueFrom: { secretKeyRef: { localObjectReference: { name: 'none' }, key: 'k' } } }],
    },
    'CreateContainerConfigError',
  ],
])('what keeps a container from being made is said: %s', async (name, change, reason) => {
  await fixture.createPod(name, { containers: [{ ...sleeper(), ...change }] });
  await eventually(async () => expect((await statusOf(name)).state?.waiting?.reason).toBe(reason));
  await fixture.deletePod(name, 0);
  await eventually(() => fixture.isGone(name));
});

test('a command that does not exist ends the container with StartError', async () => {
  await fixture.createPod('nocmd', {
    restartPolicy: 'Never',
    containers: [{ ...sleeper(), command: ['/none'] }],
  });
  await eventually(async () => expect(await phaseOf('nocmd')).toBe('Failed'));
  expect(await statusOf('nocmd')).toMatchObject({
    state: { terminated: { reason: 'StartError', message: expect.stringContaining('/none') } },
  });
  await fixture.deletePod('nocmd', 0);
});

test('one that is out of memory is OOMKilled', async () => {
  const line = 'x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done';
  const resources = { limits: { memory: { string: '16Mi' } } };
  await fixture.createPod('oom', {
    restartPolicy: 'Never',
    containers: [{ ...shell('main', line), resources }],
  });
  await eventually(
    async () =>
      expect(await statusOf('oom')).toMatchObject({
        state: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
      }),
    { timeoutMs: 20_000 },
  );
  await fixture.deletePod('oom', 0);
});

test('who does not heed SIGTERM is killed when the grace is over', async () => {
  await fixture.createPod('stubborn', {
    terminationGracePeriodSeconds: 2,
    containers: [shell('main', 'trap "" TERM; while :; do sleep 1; done')],
  });
  await isRunning('stubborn');
  const asked = performance.now();
  await fixture.deletePod('stubborn');
  await eventually(() => fixture.isGone('stubborn'), { timeoutMs: 15_000 });
  expect(performance.now() - asked).toBeGreaterThan(1900);
  expect(performance.now() - asked).toBeLessThan(10_000);
});

test("a hostNetwork pod has the node's address and no lease", async () => {
  const { metadata } = await fixture.createPod('host', { hostNetwork: true, containers: [sleeper()] });
  await isRunning('host');
  expect((await fixture.getPod('host')).status?.podIP).toBe('192.0.2.7');
  expect(fixture.network.leases.has(metadata!.uid!)).toBe(false);
  const containers = await fixture.containers('host');
  expect(containers.map(({ networkMode }) => networkMode)).toEqual(['host', 'host']);
  await fixture.deletePod('host', 0);
});

test('20 pods at once: all run, each with its own address; deleted, nothing is left', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `many-${index}`);
  await Promise.all(names.map((name) => fixture.createPod(name, { containers: [sleeper()] })));
  const addresses = await eventually(
    async () => {
      const pods = await Promise.all(names.map((name) => fixture.getPod(name)));
      expect(pods.every(({ status }) => status?.phase === 'Running')).toBe(true);
      return pods.map(({ status }) => status?.podIP);
    },
    { timeoutMs: 100_000, intervalMs: 250 },
  );
  expect(new Set(addresses).size).toBe(20);
  await Promise.all(names.map((name) => fixture.deletePod(name, 0)));
  await eventually(
    async () => {
      const left = await Promise.all(names.map((name) => fixture.containers(name)));
      expect(left.flat()).toEqual([]);
      expect(
        [...fixture.network.leases.values()].filter(({ podName }) => podName.startsWith('many-')),
      ).toEqual([]);
    },
    { timeoutMs: 60_000, intervalMs: 250 },
  );
}, 170_000);
