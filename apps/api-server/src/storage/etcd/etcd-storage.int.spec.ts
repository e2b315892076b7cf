import { eventually, startEtcd, type EtcdFixture } from '@own-kube/testing';
import { describeStorage } from '../storage.contract';
import type { Storage } from '../storage';
import { createEtcdStorage } from './etcd-storage';

let etcd: EtcdFixture;
let storage: Storage;

beforeAll(async () => {
  etcd = await startEtcd();
  storage = createEtcdStorage({ endpoints: [etcd.endpoint] });
});
afterAll(async () => {
  storage.close();
  await etcd.stop();
});

describeStorage('etcd', () => storage);

describe('when etcd goes away', () => {
  test('calls and watches fail as unavailable, and work again when it is back', async () => {
    const revision = await storage.currentRevision();
    const watch = (async () => {
      for await (const batch of storage.watch('/own-kube/', revision, new AbortController().signal))
        void batch;
    })();
    const ended = expect(watch).rejects.toMatchObject({ code: 'Unavailable' });
    await etcd.kill('SIGKILL');
    await ended;
    await expect(storage.get('/own-kube/x')).rejects.toThrow(
      new RegExp(`etcd at ${etcd.endpoint} does not answer`),
    );
    await etcd.restart();
    await eventually(async () => (await storage.currentRevision()) > 0);
  });
});
