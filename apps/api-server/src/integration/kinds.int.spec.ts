import {
  ConfigMap,
  configMapKind,
  Event,
  eventKind,
  isCode,
  type Kind,
  kinds,
  Service,
  serviceKind,
  type WatchRequest,
} from '@own-kube/api';
import type { ApiClient } from '@own-kube/client';
import { type ApiServerFixture, eventually, startApiServer } from '@own-kube/testing';
import { createEtcdStorage } from '../storage/etcd/etcd-storage';
import type { Storage } from '../storage/storage';

let server: ApiServerFixture;
let admin: ApiClient;
let storage: Storage;

beforeAll(async () => {
  server = await startApiServer({
    settings: { serviceCidr: '10.96.0.0/29', nodePortRange: '30000-30009', compactionInterval: 1 },
  });
  admin = await server.client();
  storage = createEtcdStorage({ endpoints: [server.etcd.endpoint] });
});
afterAll(async () => {
  storage.close();
  await server.stop();
});

test('every kind is served', async () => {
  for (const kind of kinds as readonly Kind[])
    expect((await admin.of(kind).list()).items).toBeInstanceOf(Array);
});

test('Services share a range out among them, to the last address', async () => {
  const services = admin.of(serviceKind);
  const make = (name: string) =>
    services.create(
      Service.fromPartial({ metadata: { name }, spec: { type: 'NodePort', ports: [{ port: 80 }] } }),
    );
  const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => make(`s${index}`)));
  const there = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const refused = tries.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  expect(new Set(there.map(({ spec }) => spec?.clusterIP)).size).toBe(6);
  expect(new Set(there.map(({ spec }) => spec?.ports[0]?.nodePort)).size).toBe(6);
  expect(refused.map((error) => isCode(error, 'ResourceExhausted'))).toEqual([true, true]);
  expect(refused[0]).toMatchObject({ message: expect.stringContaining('service-cidr 10.96.0.0/29') });

  await services.delete({ name: there[0]?.metadata?.name ?? '' });
  expect((await make('again')).spec?.clusterIP).toBe(there[0]?.spec?.clusterIP);
});

test('Events can be selected by what they are about', async () => {
  const event = Event.fromPartial({
    metadata: { name: 'e' },
    involvedObject: { namespace: 'default', name: 'web' },
  });
  await admin.of(eventKind).create(event);
  const { items } = await admin.of(eventKind).list({ fieldSelector: 'involvedObject.name=web' });
  expect(items.map(({ metadata }) => metadata?.name)).toEqual(['e']);
});

test('watchers live through compaction, and see each version once', async () => {
  const maps = admin.of(configMapKind);
  const map = await maps.create(ConfigMap.fromPartial({ metadata: { name: 'counter' }, data: { n: '0' } }));
  const request: Partial<WatchRequest> = { resourceVersion: map.metadata?.resourceVersion ?? '' };
  const seen: string[] = [];
  const watching = (async () => {
    for await (const { object } of maps.watch(request)) {
      seen.push(object?.data['n'] ?? '');
      if (object?.data['done']) return;
    }
  })();
  const first = Number(map.metadata?.resourceVersion);
  let n = 0;
  const update = (data: Record<string, string>) =>
    maps.update(ConfigMap.fromPartial({ metadata: { name: 'counter' }, data }));
  await eventually(async () => {
    await update({ n: String((n += 1)) });
    return !(await storage.canRead(first + 1));
  });
  await update({ n: String((n += 1)), done: 'yes' });
  await watching;
  expect(seen).toEqual(Array.from({ length: n }, (_, index) => String(index + 1)));
});
