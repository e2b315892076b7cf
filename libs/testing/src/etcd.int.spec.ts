import { once } from 'node:events';
import { access } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { startEtcd, type EtcdFixture } from './etcd';
import { tempDir } from './temp-dir';
import { identities, testPki } from './test-pki';

/** Asks etcd through its JSON gateway: no client library is needed for a put and a get. */
async function call(etcd: EtcdFixture, method: string, body: unknown): Promise<string> {
  const response = await fetch(`${etcd.endpoint}/v3/kv/${method}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.text();
}

const key = Buffer.from('a').toString('base64');

test('etcd answers, and keeps what it acknowledged through kill -9 and a restart on the same endpoint', async () => {
  await using etcd = await startEtcd();
  const { endpoint } = etcd;
  await call(etcd, 'put', { key, value: Buffer.from('kept').toString('base64') });
  await etcd.kill('SIGKILL');
  await expect(call(etcd, 'range', { key })).rejects.toThrow('fetch failed');
  await etcd.restart();
  expect(etcd.endpoint).toBe(endpoint);
  expect(await call(etcd, 'range', { key })).toContain(Buffer.from('kept').toString('base64'));
});

test('a stopped etcd leaves no process, and only a data directory that was given', async () => {
  await using dir = await tempDir();
  const etcd = await startEtcd({ dataDir: `${dir.path}/data` });
  const { pid } = etcd;
  await etcd.stop();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await access(`${dir.path}/data/member`);
});

test('etcd with TLS answers those alone who have a certificate of its CA', async () => {
  await using pki = await testPki();
  await using etcd = await startEtcd({ tls: await pki.issue(identities.apiServer) });
  expect(etcd.endpoint).toMatch(/^https:/);
  const { ca, cert, key } = await pki.issue(identities.apiServer);
  const { port } = new URL(etcd.endpoint);
  const status = async (options: object) => {
    const [response] = (await once(
      get({ host: '127.0.0.1', port, path: '/version', ...options }),
      'response',
    )) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  expect(await status({ ca, cert, key })).toBe(200);
  await expect(status({ ca })).rejects.toThrow(/certificate required|bad certificate|ECONNRESET/);
});
