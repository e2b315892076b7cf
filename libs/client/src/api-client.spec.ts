import { Pod, podKind } from '@own-kube/api';
import { createLogger, systemClock } from '@own-kube/process';
import { createApiClient } from './api-client';
import { createInformer } from './informer';
import { keyOf } from './key-of';
import { createFakeApi, serveFakeApi } from './testing';

const log = createLogger({ component: 'test', level: 'silent' });
const aPod = (name: string) => Pod.fromPartial({ metadata: { name, labels: { app: name } } });

/** A client of a served fake api-server, which can be taken away and put back at the same address. */
async function setup() {
  const api = createFakeApi();
  let stop = new AbortController();
  let server = await serveFakeApi(api, { listen: '127.0.0.1:0', log, signal: stop.signal });
  const { address } = server;
  const client = createApiClient({ address });
  const down = async () => {
    stop.abort();
    await server.closed;
  };
  return {
    ...{ api, client, address, down },
    up: async () => {
      stop = new AbortController();
      server = await serveFakeApi(api, { listen: address, log, signal: stop.signal });
    },
    [Symbol.asyncDispose]: async () => {
      client.close();
      await down();
    },
  };
}

/** Resolves as soon as the condition holds after one of the informer's changes. */
const until = (informer: { onChange(handler: () => void): void }, holds: () => boolean) =>
  new Promise<void>((resolve) => informer.onChange(() => holds() && resolve()));

test('every verb goes through, and failures come back as they were', async () => {
  await using t = await setup();
  const { pods } = t.client;
  const created = await pods.create(aPod('a'));
  expect(created.metadata).toMatchObject({ namespace: 'default', uid: expect.stringMatching(/./) });
  expect(await pods.get({ name: 'a' })).toEqual(created);
  const bound = await pods.bind({ metadata: created.metadata, target: { kind: 'Node', name: 'n1' } });
  expect(bound.spec?.nodeName).toBe('n1');
  await expect(pods.update(created)).rejects.toMatchObject({ code: 'Conflict' });
  const running = await pods.updateStatus(Pod.fromPartial({ ...bound, status: { phase: 'Running' } }));
  expect(running.status?.phase).toBe('Running');
  expect((await t.client.of(podKind).list({ labelSelector: 'app=a' })).items).toEqual([running]);
  await pods.delete({ name: 'a', gracePeriodSeconds: 0 });
  await expect(pods.get({ name: 'a' })).rejects.toMatchObject({ code: 'NotFound' });
});

test('a watch streams what happens after its version and ends when it is left', async () => {
  await using t = await setup();
  const { metadata } = await t.client.pods.list();
  await t.client.pods.create(aPod('a'));
  await t.client.pods.create(aPod('b'));
  const seen: string[] = [];
  for await (const { type, object } of t.client.pods.watch({ resourceVersion: metadata?.resourceVersion })) {
    seen.push(`${type} ${keyOf(object)}`);
    if (seen.length === 2) break;
  }
  expect(seen).toEqual(['ADDED default/a', 'ADDED default/b']);
});

test('an unreachable api-server is named by its address', async () => {
  const client = createApiClient({ address: '127.0.0.1:1' });
  await expect(client.pods.list()).rejects.toMatchObject({
    code: 'Unavailable',
    message: expect.stringContaining('127.0.0.1:1'),
  });
  client.close();
});

test.each(['still knows', 'no longer knows'])(
  'an informer survives a restart of the api-server that %s its version',
  async (memory) => {
    await using t = await setup();
    const stop = new AbortController();
    const informer = createInformer({ client: t.client.pods, clock: systemClock, log });
    const running = informer.run(stop.signal);
    await t.api.client.pods.create(aPod('before'));
    await informer.synced(stop.signal);
    const complete = until(
      informer,
      () => informer.list().map(keyOf).join() === 'default/during,default/after',
    );
    await t.down();
    await t.api.client.pods.delete({ name: 'before' });
    await t.api.client.pods.create(aPod('during'));
    if (memory === 'no longer knows') t.api.compact();
    await t.up();
    await t.api.client.pods.create(aPod('after'));
    await complete;
    stop.abort();
    await running;
  },
);
