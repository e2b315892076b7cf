import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { startEtcd, type EtcdFixture } from './etcd';
import { tempDir } from './temp-dir';

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

test('etcd with TLS refuses a client without a certificate', async () => {
  await using dir = await tempDir();
  const openssl = (...args: string[]) => promisify(execFile)('openssl', args, { cwd: dir.path });
  await openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
    ...['-subj', '/CN=etcd', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', 'key', '-out', 'cert'],
  );
  const cert = await readFile(`${dir.path}/cert`);
  await using etcd = await startEtcd({ tls: { ca: cert, cert, key: await readFile(`${dir.path}/key`) } });
  expect(etcd.endpoint).toMatch(/^https:/);
  await expect(fetch(`${etcd.endpoint}/version`)).rejects.toThrow('fetch failed');
});
