import { systemClock } from '@own-kube/process';
import { eventually } from '@own-kube/testing';
import { label, ownerLabels } from './pods/labels';
import { type AgentFixture, nodeName, sleeper, startAgent, testImage } from './testing/agent-fixture';

let fixture: AgentFixture;
beforeAll(async () => {
  fixture = await startAgent();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const forever = new AbortController().signal;
const patient = { timeoutMs: 50_000, intervalMs: 100 };
const isSandbox = ({ labels }: { labels: Readonly<Record<string, string>> }) =>
  labels[label.type] === 'sandbox';
const idsOf = async (name: string) => (await fixture.containers(name)).map(({ id }) => id).sort();

/** Waits until a pod runs, all of it, and returns it. */
const running = (name: string) =>
  eventually(async () => {
    const pod = await fixture.getPod(name);
    expect(pod.status?.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
    return pod;
  }, patient);

/** Kills the agent as often as it takes to meet many steps, and lets it go on in the end. */
async function killRepeatedly(delaysMs: readonly number[]): Promise<void> {
  for (const delayMs of delaysMs) {
    await systemClock.sleep(delayMs);
    await fixture.agent.kill('SIGKILL');
    await fixture.agent.restart();
  }
}

test('pods survive the agent, and are adopted as they are', async () => {
  const { metadata } = await fixture.createPod('adopted', { containers: [sleeper('a'), sleeper('b')] });
  await running('adopted');
  const before = await idsOf('adopted');
  const { status } = await fixture.getPod('adopted');
  const attached = fixture.network.attached.get(metadata!.uid!)!;
  await fixture.agent.kill('SIGKILL');
  expect(await idsOf('adopted')).toEqual(before);
  await fixture.agent.restart();
  // The network is asked for again, in case the node lost it.
  await eventually(() => fixture.network.attached.get(metadata!.uid!)! > attached, patient);
  expect(await idsOf('adopted')).toEqual(before);
  expect((await fixture.getPod('adopted')).status).toEqual(status);
});

test('what changed while the agent was away is put right', async () => {
  await fixture.createPod('gone', { containers: [sleeper()] });
  await fixture.createPod('crashed', { containers: [sleeper()] });
  await Promise.all([running('gone'), running('crashed')]);
  await fixture.agent.kill('SIGKILL');
  await fixture.deletePod('gone');
  const victim = (await fixture.containers('crashed')).find((container) => !isSandbox(container))!;
  await fixture.engine.kill(victim.id, 'SIGKILL', forever);
  await fixture.agent.restart();
  await eventually(() => fixture.isGone('gone'), patient);
  expect(await fixture.containers('gone')).toEqual([]);
  await eventually(async () => {
    const { status } = await fixture.getPod('crashed');
    expect(status?.containerStatuses[0]).toMatchObject({ ready: true, restartCount: 1 });
  }, patient);
  await fixture.deletePod('crashed', 0);
});

test('killed at many moments of the start and the end of pods: in the end exactly the right containers exist', async () => {
  const names = Array.from({ length: 4 }, (_, index) => `shaken-${index}`);
  await Promise.all(
    names.map((name) => fixture.createPod(name, { containers: [sleeper('a'), sleeper('b')] })),
  );
  await killRepeatedly([50, 250, 450, 650, 850]);
  const pods = await Promise.all(names.map(running));
  expect(new Set(pods.map(({ status }) => status?.podIP)).size).toBe(names.length);
  await eventually(async () => {
    for (const name of names) {
      const alive = (await fixture.containers(name)).filter(({ state }) => state === 'running');
      expect(alive.map(({ labels }) => labels[label.containerName] ?? 'sandbox').sort()).toEqual([
        'a',
        'b',
        'sandbox',
      ]);
    }
  }, patient);
  await Promise.all(names.map((name) => fixture.deletePod(name)));
  await killRepeatedly([20, 120, 320]);
  await eventually(async () => {
    for (const name of names) expect(await fixture.isGone(name)).toBe(true);
    expect((await Promise.all(names.map((name) => fixture.containers(name)))).flat()).toEqual([]);
    expect([...fixture.network.leases.values()].map(({ podName }) => podName)).not.toContainEqual(
      expect.stringContaining('shaken'),
    );
  }, patient);
}, 150_000);

test('a sandbox that is killed by hand: the pod is made anew, with a new sandbox and the same object', async () => {
  const { metadata } = await fixture.createPod('sandbox', { containers: [sleeper()] });
  await running('sandbox');
  const old = (await fixture.containers('sandbox')).find(isSandbox)!;
  await fixture.engine.kill(old.id, 'SIGKILL', forever);
  await eventually(async () => {
    const all = await fixture.containers('sandbox');
    const sandboxes = all.filter(isSandbox);
    expect(sandboxes).toHaveLength(1);
    expect(sandboxes[0]!.id).not.toBe(old.id);
    const alive = all.filter((container) => !isSandbox(container) && container.state === 'running');
    expect(alive.map(({ networkMode }) => networkMode)).toEqual([`container:${sandboxes[0]!.id}`]);
    expect(fixture.network.leases.get(metadata!.uid!)?.pid).toBe(sandboxes[0]!.pid);
    const { status } = await fixture.getPod('sandbox');
    expect(status).toMatchObject({
      podIP: fixture.network.leases.get(metadata!.uid!)!.ip,
      containerStatuses: [{ ready: true, restartCount: 1 }],
    });
  }, patient);
  await fixture.deletePod('sandbox', 0);
});

test('a container that is removed by hand is started again', async () => {
  await fixture.createPod('removed', { containers: [sleeper()] });
  await running('removed');
  const victim = (await fixture.containers('removed')).find((container) => !isSandbox(container))!;
  await fixture.engine.remove(victim.id, forever);
  await eventually(async () => {
    const { status } = await fixture.getPod('removed');
    expect(status?.containerStatuses[0]).toMatchObject({ ready: true, restartCount: 1 });
    expect(status?.containerStatuses[0]?.containerID).not.toBe(`docker://${victim.id}`);
  }, patient);
  await fixture.deletePod('removed', 0);
});

test("what belongs to no pod is removed; other nodes', other clusters' and other people's containers are not touched", async () => {
  const make = async (name: string, labels: Record<string, string>) => {
    const id = await fixture.engine.create(
      {
        name: `${fixture.cluster}-${name}`,
        image: testImage,
        labels,
        entrypoint: ['sleep', '1000000'],
        networkMode: 'none',
        ipcMode: 'private',
      },
      forever,
    );
    await fixture.engine.start(id, forever);
    return id;
  };
  const ours = ownerLabels({ cluster: fixture.cluster, node: nodeName });
  const orphan = { [label.podUid]: 'no-such-pod', [label.type]: 'container', [label.containerName]: 'x' };
  const otherCluster = { ...ours, ...orphan, [label.cluster]: `${fixture.cluster}-other` };
  const kept = await Promise.all([
    make('node', { ...ours, ...orphan, [label.node]: 'node-2' }),
    make('cluster', otherCluster),
    make('foreign', {}),
  ]);
  try {
    const lost = await make('orphan', { ...ours, ...orphan });
    await eventually(async () => (await fixture.engine.inspect(lost, forever)) === undefined, patient);
    for (const id of kept) expect((await fixture.engine.inspect(id, forever))?.state).toBe('running');
  } finally {
    await Promise.all(kept.map((id) => fixture.engine.remove(id, forever)));
  }
});

test('a pod that is deleted by force is taken down', async () => {
  const { metadata } = await fixture.createPod('forced', { containers: [sleeper()] });
  await running('forced');
  await fixture.deletePod('forced', 0);
  await eventually(async () => {
    expect(await fixture.containers('forced')).toEqual([]);
    expect(fixture.network.leases.has(metadata!.uid!)).toBe(false);
  }, patient);
});

test('a pod of the same name, made while the old one goes, is another pod', async () => {
  const old = await fixture.createPod('twin', { containers: [sleeper()] });
  await running('twin');
  await fixture.deletePod('twin', 0);
  const twin = await fixture.createPod('twin', { containers: [sleeper()] });
  await running('twin');
  await eventually(async () => {
    const uids = (await fixture.containers('twin')).map(({ labels }) => labels[label.podUid]);
    expect(new Set(uids)).toEqual(new Set([twin.metadata!.uid]));
    expect([...fixture.network.leases.keys()]).not.toContain(old.metadata!.uid);
  }, patient);
  await fixture.deletePod('twin', 0);
});

test('while the api-server is away, pods run and are looked after', async () => {
  await fixture.createPod('alone', { containers: [sleeper()] });
  await running('alone');
  await fixture.apiServer.kill('SIGKILL');
  const victim = (await fixture.containers('alone')).find((container) => !isSandbox(container))!;
  await fixture.engine.kill(victim.id, 'SIGKILL', forever);
  await eventually(async () => {
    const alive = (await fixture.containers('alone')).filter(({ state }) => state === 'running');
    expect(alive).toHaveLength(2);
  }, patient);
  await fixture.apiServer.restart();
  await eventually(async () => {
    const { status } = await fixture.getPod('alone');
    expect(status?.containerStatuses[0]).toMatchObject({ ready: true, restartCount: 1 });
  }, patient);
  await fixture.deletePod('alone', 0);
});

test('while the proxy is away new pods wait; when it is back, all are attached (again)', async () => {
  const before = await fixture.createPod('before', { containers: [sleeper()] });
  await running('before');
  const attached = fixture.network.attached.get(before.metadata!.uid!)!;
  await fixture.network.stop();
  await fixture.createPod('waits', { containers: [sleeper()] });
  await eventually(async () => {
    const { status } = await fixture.getPod('waits');
    expect(status?.containerStatuses[0]?.state?.waiting?.message).toContain('proxy.sock');
    const node = await fixture.client.nodes.get({ name: nodeName });
    expect(node.status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'False' }),
    );
  }, patient);
  await fixture.network.start();
  await running('waits');
  await eventually(() => fixture.network.attached.get(before.metadata!.uid!)! > attached, patient);
  await Promise.all(['before', 'waits'].map((name) => fixture.deletePod(name, 0)));
});
