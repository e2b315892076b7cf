import type { Pod } from '@own-kube/api';
import type { ApiClient } from '@own-kube/client';
import {
  type ApiServerFixture,
  aNode,
  aPod,
  type AppProcess,
  eventually,
  identities,
  startApiServer,
  startApp,
} from '@own-kube/testing';

/** A busy machine may take its time. */
const within = { timeoutMs: 30_000 };

let server: ApiServerFixture;
let api: ApiClient;

beforeEach(async () => {
  server = await startApiServer();
  api = await server.client();
});

afterEach(() => server[Symbol.asyncDispose]());

/** A scheduler as it runs in a cluster. */
const startScheduler = async (): Promise<AppProcess> =>
  startApp({ app: 'scheduler', settings: await server.settingsFor(identities.scheduler) });

/** Makes a node as its agent does: the object first, then its status. */
async function createNode(shape: Parameters<typeof aNode>[0]): Promise<void> {
  const node = aNode(shape);
  const created = await api.nodes.create({ ...node, status: undefined });
  await api.nodes.updateStatus({ ...created, status: node.status });
}

const createPods = (count: number, shape: Parameters<typeof aPod>[0]) =>
  Promise.all(Array.from({ length: count }, (_, i) => api.pods.create(aPod({ ...shape, name: `p${i}` }))));

const nodesOf = async (): Promise<(string | undefined)[]> =>
  (await api.pods.list()).items.map(({ spec }) => spec?.nodeName);

const allBound = (count: number) => async () => {
  const bound = (await nodesOf()).filter((name) => name !== undefined);
  expect(bound).toHaveLength(count);
  return bound;
};

const count = (names: (string | undefined)[], name: string | undefined) =>
  names.filter((one) => one === name).length;

const scheduledCondition = async (name: string) =>
  (await api.pods.get({ namespace: 'default', name })).status?.conditions.find(
    ({ type }) => type === 'PodScheduled',
  );

test('fifty pods at once are all bound, and no node gets more than it has', async () => {
  await createNode({ name: 'n1', cpu: '3' });
  await createNode({ name: 'n2', cpu: '2' });
  await using _scheduler = await startScheduler();
  await createPods(50, { requests: { cpu: '100m' } });
  const names = await eventually(allBound(50), within);
  expect([count(names, 'n1'), count(names, 'n2')]).toEqual([30, 20]);
  expect(await scheduledCondition('p0')).toMatchObject({ status: 'True' });
});

test('a pod that fits nowhere says why, and is bound when a node appears', async () => {
  await createNode({ name: 'n1', cpu: '1' });
  await createNode({ name: 'n2', cpu: '1' });
  await using _scheduler = await startScheduler();
  await api.pods.create(aPod({ name: 'big', requests: { cpu: '4' } }));
  await eventually(
    async () =>
      expect(await scheduledCondition('big')).toMatchObject({
        status: 'False',
        reason: 'Unschedulable',
        message: '0/2 nodes are available: 2 Insufficient cpu.',
      }),
    within,
  );
  await createNode({ name: 'n3', cpu: '8' });
  expect(await eventually(allBound(1), within)).toEqual(['n3']);
  expect(await scheduledCondition('big')).toMatchObject({ status: 'True' });
});

test('pods that name another scheduler are left alone', async () => {
  await createNode({ name: 'n1' });
  await using _scheduler = await startScheduler();
  await api.pods.create(aPod({ name: 'other', spec: { schedulerName: 'other' } }));
  await api.pods.create(aPod({ name: 'ours' }));
  await eventually(allBound(1), within);
  expect((await api.pods.get({ namespace: 'default', name: 'other' })).spec?.nodeName).toBeUndefined();
});

/** What a watch saw of every pod's node, for as long as it ran. */
async function watchNodes(signal: AbortSignal, seen: Map<string, Set<string>>): Promise<void> {
  const note = ({ metadata, spec }: Pod) => {
    const names = seen.get(metadata!.name!) ?? new Set<string>();
    if (spec?.nodeName) seen.set(metadata!.name!, names.add(spec.nodeName));
  };
  try {
    for await (const { object } of api.pods.watch({}, { signal })) note(object);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

test('two schedulers at once bind every pod, none twice', async () => {
  await createNode({ name: 'n1', cpu: '16' });
  await createNode({ name: 'n2', cpu: '16' });
  const stop = new AbortController();
  const seen = new Map<string, Set<string>>();
  const watching = watchNodes(stop.signal, seen);
  await using _first = await startScheduler();
  await using _second = await startScheduler();
  await createPods(100, { requests: { cpu: '100m' } });
  await eventually(() => expect(seen.size).toBe(100), within);
  stop.abort();
  await watching;
  expect([...seen.values()].filter((names) => names.size !== 1)).toEqual([]);
});

test('killed in the middle and started again it binds the rest, and no node gets more than it has', async () => {
  await createNode({ name: 'n1', cpu: '5' });
  await createNode({ name: 'n2', cpu: '5' });
  await using scheduler = await startScheduler();
  const creating = createPods(120, { requests: { cpu: '100m' } });
  await eventually(async () => (await nodesOf()).some((name) => name !== undefined), {
    ...within,
    intervalMs: 1,
  });
  await scheduler.kill('SIGKILL');
  await creating;
  await scheduler.restart();
  const names = await eventually(allBound(100), within);
  expect([count(names, 'n1'), count(names, 'n2')]).toEqual([50, 50]);
  await eventually(async () => {
    const { items } = await api.pods.list();
    const told = items.filter(({ status }) =>
      status?.conditions.some(({ reason }) => reason === 'Unschedulable'),
    );
    expect(told).toHaveLength(20);
  }, within);
});

test('when the api-server is killed in the middle, and comes back, it goes on', async () => {
  await createNode({ name: 'n1', cpu: '4' });
  await createNode({ name: 'n2', cpu: '4' });
  await using _scheduler = await startScheduler();
  await createPods(40, { requests: { cpu: '100m' } });
  await eventually(async () => (await nodesOf()).some((name) => name !== undefined), {
    ...within,
    intervalMs: 1,
  });
  await server.kill('SIGKILL');
  await server.restart();
  const names = await eventually(allBound(40), within);
  expect([count(names, 'n1'), count(names, 'n2')]).toEqual([20, 20]);
});

test('when etcd stands still, and answers to bindings are lost, no node gets more than it has', async () => {
  await createNode({ name: 'n1', cpu: '5' });
  await createNode({ name: 'n2', cpu: '5' });
  await createPods(120, { requests: { cpu: '100m' } });
  await using scheduler = await startScheduler();
  await eventually(async () => (await nodesOf()).some((name) => name !== undefined), {
    ...within,
    intervalMs: 1,
  });
  await server.etcd.kill('SIGSTOP');
  await eventually(() => scheduler.output().includes('will be tried again'), within);
  await server.etcd.kill('SIGCONT');
  const names = await eventually(allBound(100), within);
  expect([count(names, 'n1'), count(names, 'n2')]).toEqual([50, 50]);
});
