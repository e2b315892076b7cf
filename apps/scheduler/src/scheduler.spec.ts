import { ApiError } from '@own-kube/api';
import { createInformer } from '@own-kube/client';
import { createFakeApi } from '@own-kube/client/testing';
import { createLogger } from '@own-kube/process';
import { aNode, aPod, createFakeClock } from '@own-kube/testing';
import { plugins } from './plugins';
import { createScheduler } from './scheduler';

/** A scheduler over an api-server in memory. */
function setup() {
  const api = createFakeApi();
  const clock = createFakeClock();
  const log = createLogger({ component: 'test', level: 'silent' });
  const stop = new AbortController();
  const running: Promise<void>[] = [];
  const start = () => {
    const pods = createInformer({ client: api.client.pods, clock, log });
    const nodes = createInformer({ client: api.client.nodes, clock, log });
    const scheduler = createScheduler({ pods, nodes, client: api.client.pods, plugins, clock, log });
    running.push(pods.run(stop.signal), nodes.run(stop.signal), scheduler.run(stop.signal));
  };
  const nodeNames = async (): Promise<Record<string, string | undefined>> => {
    const { items } = await api.client.pods.list();
    return Object.fromEntries(items.map(({ metadata, spec }) => [metadata!.name!, spec?.nodeName]));
  };
  const conditionOf = async (name: string) => (await api.client.pods.get({ name })).status?.conditions ?? [];
  const { pods, nodes } = api.client;
  return {
    ...{ api, clock, conditionOf, nodeNames, nodes, pods, start },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await Promise.all(running);
    },
  };
}

const cpu = (name: string, amount: string) => aPod({ name, requests: { cpu: amount } });

test('pods are spread, and no node gets more than it has', async () => {
  await using t = setup();
  for (const name of ['n1', 'n2']) await t.nodes.create(aNode({ name, cpu: '1' }));
  t.start();
  for (let i = 0; i < 25; i++) await t.pods.create(cpu(`p${i}`, '100m'));
  await t.clock.advance(100);
  const on = Object.values(await t.nodeNames());
  expect(on.filter((name) => name === 'n1')).toHaveLength(10);
  expect(on.filter((name) => name === 'n2')).toHaveLength(10);
  expect(on.filter((name) => name === undefined)).toHaveLength(5);
});

test('a pod that fits nowhere says why, once, and is bound when a node appears', async () => {
  await using t = setup();
  await t.nodes.create(aNode({ name: 'small', cpu: '1' }));
  await t.pods.create(cpu('big', '4'));
  const written = jest.spyOn(t.pods, 'updateStatus');
  t.start();
  await t.clock.advance(300_000);
  expect(await t.conditionOf('big')).toMatchObject([
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/1 nodes are available: 1 Insufficient cpu.',
    },
  ]);
  expect(written).toHaveBeenCalledTimes(1);
  await t.nodes.create(aNode({ name: 'large', cpu: '8' }));
  await t.clock.advance(10_000);
  expect(await t.nodeNames()).toEqual({ big: 'large' });
});

test('room that a pod gives back is used', async () => {
  await using t = setup();
  await t.nodes.create(aNode({ name: 'n1', cpu: '1' }));
  await t.pods.create(cpu('first', '1'));
  t.start();
  await t.clock.advance(10);
  await t.pods.create(cpu('second', '1'));
  await t.clock.advance(10);
  expect(await t.nodeNames()).toEqual({ first: 'n1', second: undefined });
  await t.pods.delete({ name: 'first', gracePeriodSeconds: 0 });
  await t.clock.advance(10_000);
  expect(await t.nodeNames()).toEqual({ second: 'n1' });
});

test('pods of other schedulers, pods with a node and pods that are going are left alone', async () => {
  await using t = setup();
  await t.nodes.create(aNode({ name: 'n1' }));
  await t.pods.create(aPod({ name: 'other', spec: { schedulerName: 'other' } }));
  await t.pods.create(aPod({ name: 'placed', nodeName: 'elsewhere' }));
  await t.pods.create(aPod({ name: 'going', metadata: { deletionTimestamp: { seconds: 1 } } }));
  t.start();
  await t.clock.advance(120_000);
  expect(await t.nodeNames()).toEqual({ other: undefined, placed: 'elsewhere', going: undefined });
});

test('when the answer to a binding is lost, the pod keeps its room, and is not bound again', async () => {
  await using t = setup();
  await t.nodes.create(aNode({ name: 'n1', cpu: '1' }));
  const bind = t.pods.bind.bind(t.pods);
  const bound = jest.spyOn(t.pods, 'bind').mockImplementationOnce(async (...args) => {
    await bind(...args);
    t.api.setDown(true);
    throw new ApiError('Unavailable', 'The answer was lost.');
  });
  t.start();
  await t.pods.create(cpu('a', '1'));
  await t.clock.advance(10);
  t.api.setDown(false);
  await t.pods.create(cpu('b', '1'));
  await t.clock.advance(60_000);
  expect(await t.nodeNames()).toEqual({ a: 'n1', b: undefined });
  expect(bound).toHaveBeenCalledTimes(1);
});

test('a pod that could not be bound gives its room back and is tried again', async () => {
  await using t = setup();
  await t.nodes.create(aNode({ name: 'n1', cpu: '1' }));
  const bound = jest.spyOn(t.pods, 'bind').mockRejectedValueOnce(new ApiError('Conflict', 'It has changed.'));
  t.start();
  await t.pods.create(cpu('a', '1'));
  await t.clock.advance(100);
  expect(await t.nodeNames()).toEqual({ a: 'n1' });
  expect(bound).toHaveBeenCalledTimes(2);
});

test('two schedulers bind every pod once', async () => {
  await using t = setup();
  for (const name of ['n1', 'n2']) await t.nodes.create(aNode({ name, cpu: '16' }));
  t.start();
  t.start();
  const nodesOf = new Map<string, Set<string>>();
  const bind = t.pods.bind.bind(t.pods);
  jest.spyOn(t.pods, 'bind').mockImplementation(async (binding) => {
    const pod = await bind(binding);
    const name = pod.metadata!.name!;
    nodesOf.set(
      name,
      (nodesOf.get(name) ?? new Set()).add(`${pod.spec?.nodeName}@${pod.metadata?.resourceVersion}`),
    );
    return pod;
  });
  for (let i = 0; i < 50; i++) await t.pods.create(cpu(`p${i}`, '100m'));
  await t.clock.advance(60_000);
  expect(nodesOf.size).toBe(50);
  expect([...nodesOf.values()].every((names) => names.size === 1)).toBe(true);
  expect(Object.values(await t.nodeNames())).not.toContain(undefined);
});
