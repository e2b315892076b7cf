import { Binding, Namespace, Pod, type WatchRequest } from '@own-kube/api';
import type { ApiClient, KindClient } from '@own-kube/client';
import { aPod, type ApiServerFixture, eventually, startApiServer } from '@own-kube/testing';
import { createEtcdStorage } from '../storage/etcd/etcd-storage';

let server: ApiServerFixture;
let admin: ApiClient;

beforeAll(async () => {
  server = await startApiServer();
  admin = await server.client();
});
afterAll(() => server.stop());

/** A watch that runs in the background; its events as "TYPE name". */
function watching(pods: KindClient<Pod>, request: WatchRequest) {
  const stop = new AbortController();
  const events: { type: string; object: Pod }[] = [];
  const ended = (async () => {
    for await (const event of pods.watch(request, { signal: stop.signal })) events.push(event);
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  const seen = () => events.map(({ type, object }) => `${type} ${object.metadata?.name ?? ''}`.trim());
  return {
    events,
    seen,
    until: (wanted: string[]) => eventually(() => expect(seen()).toEqual(wanted)),
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

/** A namespace of a test's own, empty. */
async function freshNamespace(name: string): Promise<string> {
  await admin.namespaces.create(Namespace.fromPartial({ metadata: { name } }));
  return name;
}

const relabel = async (name: string, namespace: string, labels: Record<string, string>) => {
  const pod = await admin.pods.get({ name, namespace });
  return admin.pods.update(Pod.fromPartial({ ...pod, metadata: { ...pod.metadata, labels } }));
};

test('from a list on, nothing is missed and nothing repeated', async () => {
  const namespace = await freshNamespace('resume');
  await admin.pods.create(aPod({ name: 'before', namespace }));
  const list = await admin.pods.list({ namespace });
  expect(list.items).toHaveLength(1);
  await admin.pods.create(aPod({ name: 'after', namespace }));
  const { resourceVersion = '' } = list.metadata ?? {};
  const watch = watching(admin.pods, { namespace, resourceVersion });
  await watch.until(['ADDED after']);
  const deleted = await admin.pods.delete({ name: 'before', namespace });
  await watch.until(['ADDED after', 'DELETED before']);
  // The deletion has a version of its own, and a watch from there sees nothing of it again.
  const last = watch.events[1]!.object.metadata!.resourceVersion!;
  expect(last).toBe(deleted.metadata?.resourceVersion);
  const resumed = watching(admin.pods, { namespace, resourceVersion: last });
  await admin.pods.create(aPod({ name: 'last', namespace }));
  await resumed.until(['ADDED last']);
  await Promise.all([watch.stop(), resumed.stop()]);
});

test('without a version everything there is comes first', async () => {
  const namespace = await freshNamespace('initial');
  await admin.pods.create(aPod({ name: 'b', namespace }));
  await admin.pods.create(aPod({ name: 'a', namespace }));
  const watch = watching(admin.pods, { namespace });
  await watch.until(['ADDED a', 'ADDED b']);
  await admin.pods.create(aPod({ name: 'c', namespace }));
  await watch.until(['ADDED a', 'ADDED b', 'ADDED c']);
  await watch.stop();
});

test('sendInitialEvents ends the first objects with a bookmark that says so', async () => {
  const namespace = await freshNamespace('streamed');
  await admin.pods.create(aPod({ name: 'a', namespace }));
  const watch = watching(admin.pods, { namespace, sendInitialEvents: true, allowWatchBookmarks: true });
  await watch.until(['ADDED a', 'BOOKMARK']);
  const bookmark = watch.events[1]!.object.metadata!;
  expect(bookmark.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
  expect(Number(bookmark.resourceVersion)).toBeGreaterThanOrEqual(
    Number(watch.events[0]!.object.metadata!.resourceVersion),
  );
  await watch.stop();
});

test('what starts to match a label selector is added, what stops to match is deleted', async () => {
  const namespace = await freshNamespace('labels');
  const watch = watching(admin.pods, { namespace, labelSelector: 'app=web' });
  await admin.pods.create(aPod({ name: 'p', namespace, labels: { app: 'db' } }));
  await relabel('p', namespace, { app: 'web' });
  await relabel('p', namespace, { app: 'web', more: 'x' });
  const left = await relabel('p', namespace, { app: 'db' });
  await relabel('p', namespace, { app: 'web' });
  await admin.pods.delete({ name: 'p', namespace });
  await watch.until(['ADDED p', 'MODIFIED p', 'DELETED p', 'ADDED p', 'DELETED p']);
  // It left with its last state that matched, at the version at which it stopped to match.
  expect(watch.events[2]!.object.metadata).toMatchObject({
    labels: { app: 'web', more: 'x' },
    resourceVersion: left.metadata?.resourceVersion,
  });
  await watch.stop();
});

test('a node sees the pods that are bound to it, and no others', async () => {
  const namespace = await freshNamespace('fields');
  const watch = watching(admin.pods, { namespace, fieldSelector: 'spec.nodeName=node-1' });
  for (const [name, node] of [
    ['one', 'node-1'],
    ['two', 'node-2'],
  ] as const) {
    await admin.pods.create(aPod({ name, namespace }));
    await admin.pods.bind(Binding.fromPartial({ metadata: { name, namespace }, target: { name: node } }));
  }
  await admin.pods.delete({ name: 'one', namespace, gracePeriodSeconds: 0 });
  await watch.until(['ADDED one', 'DELETED one']);
  const { items } = await admin.pods.list({
    fieldSelector: 'spec.nodeName!=node-1,metadata.namespace=fields',
  });
  expect(items.map(({ metadata }) => metadata?.name)).toEqual(['two']);
  await watch.stop();
});

test.each([
  [{ fieldSelector: 'spec.secret=x' }, /cannot be selected by "spec.secret", only by metadata.name/],
  [{ labelSelector: 'a in (' }, /Label selector "a in \("/],
  [{ resourceVersion: 'yesterday' }, /must be empty or a whole number/],
])('%j is refused', async (request, sentence) => {
  await expect(admin.pods.list(request)).rejects.toMatchObject({
    code: 'Invalid',
    message: expect.stringMatching(sentence),
  });
  await expect(admin.pods.watch(request)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'Invalid',
  });
});

test('a version from the future is refused as such', async () => {
  await expect(admin.pods.get({ name: 'x', resourceVersion: '999999999' })).rejects.toMatchObject({
    code: 'Expired',
  });
});

describe('pages', () => {
  const names = (items: Pod[]) => items.map(({ metadata }) => metadata?.name);

  test('show one moment, whatever happens between them', async () => {
    const namespace = await freshNamespace('pages');
    for (const name of ['a', 'b', 'c', 'd', 'e']) await admin.pods.create(aPod({ name, namespace }));
    const first = await admin.pods.list({ namespace, limit: 2 });
    expect([names(first.items), first.metadata?.remainingItemCount]).toEqual([['a', 'b'], 3]);
    const next = (token = '') => admin.pods.list({ namespace, limit: 2, continue: token });
    const untouched = await next(first.metadata?.continue);
    expect(names(untouched.items)).toEqual(['c', 'd']);

    await admin.pods.delete({ name: 'd', namespace });
    await admin.pods.create(aPod({ name: 'bb', namespace }));
    const second = await next(first.metadata?.continue);
    expect(names(second.items)).toEqual(['c', 'd']);
    expect(second.metadata?.resourceVersion).toBe(first.metadata?.resourceVersion);
    const third = await next(second.metadata?.continue);
    expect([names(third.items), third.metadata?.continue]).toEqual([['e'], undefined]);
  });

  test('with selectors hold as many as were asked for', async () => {
    const namespace = await freshNamespace('selected-pages');
    for (let i = 0; i < 9; i += 1)
      await admin.pods.create(aPod({ name: `p${i}`, namespace, labels: { even: String(i % 2 === 0) } }));
    const first = await admin.pods.list({ namespace, limit: 2, labelSelector: 'even=true' });
    const second = await admin.pods.list({
      namespace,
      limit: 5,
      labelSelector: 'even=true',
      continue: first.metadata?.continue,
    });
    expect([names(first.items), names(second.items)]).toEqual([
      ['p0', 'p2'],
      ['p4', 'p6', 'p8'],
    ]);
  });

  test('too old a token is refused as expired, a made-up one as invalid', async () => {
    const namespace = await freshNamespace('old-pages');
    for (const name of ['a', 'b']) await admin.pods.create(aPod({ name, namespace }));
    const first = await admin.pods.list({ namespace, limit: 1 });
    const last = await admin.pods.create(aPod({ name: 'c', namespace }));
    const etcd = createEtcdStorage({ endpoints: [server.etcd.endpoint] });
    await etcd.compact(Number(last.metadata?.resourceVersion));
    etcd.close();
    const next = (token: string) => admin.pods.list({ namespace, limit: 1, continue: token });
    await expect(next(first.metadata?.continue ?? '')).rejects.toMatchObject({ code: 'Expired' });
    await expect(next('made-up')).rejects.toMatchObject({ code: 'Invalid' });
  });
});

test('a watch from before what is known is refused as expired', async () => {
  const old = await admin.pods.create(aPod({ name: 'ancient' }));
  const now = await relabel('ancient', 'default', { now: 'yes' });
  const etcd = createEtcdStorage({ endpoints: [server.etcd.endpoint] });
  await etcd.compact(Number(now.metadata?.resourceVersion));
  etcd.close();
  await server.restart();
  const from = (resourceVersion: string | undefined) =>
    admin.pods.watch({ resourceVersion })[Symbol.asyncIterator]().next();
  await expect(from(old.metadata?.resourceVersion)).rejects.toMatchObject({
    code: 'Expired',
    message: expect.stringContaining('List again'),
  });
});
