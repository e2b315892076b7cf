import { aPod, identities, startApiServer, startEtcd, testPki } from '@own-kube/testing';

test('etcd is spoken to over TLS, and lets in who has a certificate', async () => {
  await using pki = await testPki();
  const files = await pki.issue(identities.apiServer);
  await using etcd = await startEtcd({ tls: files });
  const { tlsCa, tlsCert, tlsKey } = await pki.issueFiles(identities.apiServer);
  await using server = await startApiServer({
    etcd,
    pki,
    settings: { etcdCa: tlsCa, etcdCert: tlsCert, etcdKey: tlsKey },
  });
  const admin = await server.client();
  await admin.pods.create(aPod({ name: 'safe' }));
  expect((await admin.pods.get({ name: 'safe' })).metadata?.name).toBe('safe');
});

test('an object that is too large for etcd is refused, and the connection lives on', async () => {
  await using server = await startApiServer();
  const admin = await server.client();
  const command = ['x'.repeat(2_000_000)];
  const large = aPod({ spec: { containers: [{ name: 'a', image: 'a', command }] } });
  await expect(admin.pods.create(large)).rejects.toMatchObject({
    code: 'ResourceExhausted',
    message: expect.stringContaining('at most 1.5 MB'),
  });
  await admin.pods.create(aPod());
});
