import { startApiServer } from './api-server';
import { aPod } from './builders';
import { eventually } from './eventually';
import { identities } from './test-pki';

test('killed and started again, an api-server has the same address and data, and its clients go on', async () => {
  await using server = await startApiServer();
  const { pods } = await server.client();
  await pods.create(aPod({ name: 'kept' }));
  await server.kill('SIGKILL');
  await expect(pods.list()).rejects.toMatchObject({ code: 'Unavailable' });
  await server.restart();
  // A connection that was refused is not tried again at once.
  const { items } = await eventually(() => pods.list());
  expect(items.map(({ metadata }) => metadata?.name)).toEqual(['kept']);
});

test('two api-servers share an etcd and a CA, and each knows who calls', async () => {
  await using first = await startApiServer();
  await using second = await startApiServer({ etcd: first.etcd, pki: first.pki });
  const admin = await first.client();
  await admin.pods.create(aPod({ name: 'shared' }));
  const node = await second.client(identities.node('node-1'));
  await expect(node.pods.create(aPod({ name: 'forbidden' }))).rejects.toMatchObject({
    code: 'PermissionDenied',
  });
  const scheduler = await second.client(identities.scheduler);
  expect((await scheduler.pods.list()).items).toHaveLength(1);
});
