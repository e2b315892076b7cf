import { isCode, isConflict, Pod } from '@own-kube/api';
import type { ApiClient } from '@own-kube/client';
import { aPod, type ApiServerFixture, eventually, startApiServer } from '@own-kube/testing';
import { createEtcdStorage } from '../storage/etcd/etcd-storage';

let server: ApiServerFixture;
let admin: ApiClient;

beforeEach(async () => {
  server = await startApiServer();
  admin = await server.client();
});
afterEach(() => server.stop());

const health = async () => {
  const response = await fetch(`${server.health}/healthz`);
  return `${response.status} ${await response.text()}`;
};

test('while etcd is away calls fail as unavailable with a sentence, the cache still answers, and all heals', async () => {
  await admin.pods.create(aPod({ name: 'there' }));
  // A consistent read is answered when the cache has the pod, too.
  await admin.pods.get({ name: 'there' });
  await server.etcd.kill('SIGKILL');
  const unavailable = {
    code: 'Unavailable',
    message: expect.stringMatching(/etcd at http.* does not answer/),
  };
  await expect(admin.pods.create(aPod({ name: 'new' }))).rejects.toMatchObject(unavailable);
  await expect(admin.pods.get({ name: 'there' })).rejects.toMatchObject(unavailable);
  expect((await admin.pods.get({ name: 'there', resourceVersion: '0' })).metadata?.name).toBe('there');
  await eventually(async () => expect(await health()).toMatch(/^503 etcd: .*does not answer/));

  await server.etcd.restart();
  await eventually(async () => expect(await health()).toBe('200 ok\n'));
  await admin.pods.create(aPod({ name: 'new' }));
  expect((await admin.pods.list()).items.map(({ metadata }) => metadata?.name)).toEqual(['new', 'there']);
});

test('it starts before etcd does', async () => {
  await server.etcd.kill('SIGKILL');
  await server.kill('SIGKILL');
  const started = server.restart();
  await eventually(async () => expect(await health()).toMatch(/^503/));
  await expect(admin.pods.list({ resourceVersion: '0' })).rejects.toMatchObject({ code: 'Unavailable' });
  await server.etcd.restart();
  await started;
  await admin.pods.create(aPod({ name: 'first' }));
});

test("another's write to etcd does not hold up reads for long, nor make them wrong", async () => {
  const pod = await admin.pods.create(aPod({ name: 'mine' }));
  const etcd = createEtcdStorage({ endpoints: [server.etcd.endpoint] });
  await etcd.commit({ conditions: [], writes: [{ put: '/elsewhere', value: new Uint8Array() }] });
  etcd.close();
  expect(await admin.pods.get({ name: 'mine' })).toEqual(pod);
  const { items, metadata } = await admin.pods.list();
  expect(items).toEqual([pod]);
  const watch = admin.pods.watch({ resourceVersion: metadata?.resourceVersion })[Symbol.asyncIterator]();
  const next = watch.next();
  await admin.pods.create(aPod({ name: 'next' }));
  expect((await next).value).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'next' } } });
  await watch.return?.();
});

describe('through crashes of everything', () => {
  /** Counts up an annotation, once more whenever it surely was not counted. */
  async function countTo(most: number, pace: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        const pod = await admin.pods.get({ name: 'counter' });
        const count = Number(pod.metadata!.annotations['count']) + 1;
        if (count > most) return;
        await admin.pods.update(
          Pod.fromPartial({ ...pod, metadata: { ...pod.metadata, annotations: { count: String(count) } } }),
        );
        await pace();
      } catch (error) {
        if (!isCode(error, 'Unavailable', 'DeadlineExceeded', 'Cancelled') && !isConflict(error)) throw error;
      }
    }
  }

  /** Watches on and on, from where it was, and never lists again. */
  async function record(client: ApiClient, from: string, last: number): Promise<number[]> {
    const counts: number[] = [];
    let resourceVersion = from;
    while (counts.at(-1) !== last) {
      try {
        for await (const { object } of client.pods.watch({ resourceVersion })) {
          counts.push(Number(object.metadata!.annotations['count']));
          resourceVersion = object.metadata!.resourceVersion!;
          if (counts.at(-1) === last) break;
        }
      } catch (error) {
        if (!isCode(error, 'Unavailable', 'Cancelled')) throw error;
      }
    }
    return counts;
  }

  test('every watcher sees every version in order, once', async () => {
    const most = 200;
    const created = await admin.pods.create(
      aPod({ name: 'counter', metadata: { annotations: { count: '0' } } }),
    );
    const from = created.metadata!.resourceVersion!;
    const clients = await Promise.all(Array.from({ length: 4 }, () => server.client()));
    const watchers = clients.flatMap((client) => Array.from({ length: 5 }, () => record(client, from, most)));
    let reached = 0;
    const crashes: [at: number, crash: () => Promise<void>][] = [
      [40, async () => crashEtcd()],
      [80, async () => compact()],
      [120, async () => server.restart()],
      [160, async () => Promise.all([crashEtcd(), server.restart()]).then(() => undefined)],
    ];
    const crashEtcd = async () => {
      await server.etcd.kill('SIGKILL');
      await server.etcd.restart();
    };
    const compact = async () => {
      const etcd = createEtcdStorage({ endpoints: [server.etcd.endpoint] });
      await etcd.compact(await etcd.currentRevision());
      etcd.close();
    };
    await countTo(most, async () => {
      reached += 1;
      if (crashes[0] && reached >= crashes[0][0]) await crashes.shift()![1]();
    });
    const expected = Array.from({ length: most }, (_, index) => index + 1);
    for (const counts of await Promise.all(watchers)) expect(counts).toEqual(expected);
  }, 180_000);
});
