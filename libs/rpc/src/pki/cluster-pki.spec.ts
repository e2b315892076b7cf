import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeClusterPki } from './cluster-pki';
import type { CertificateRequest } from './certificate';

const day = 24 * 60 * 60 * 1000;
const at = new Date('2030-01-01T00:00:00Z');
const admin: CertificateRequest = { user: 'admin', groups: ['system:masters'] };
const api: CertificateRequest = {
  user: 'api-server',
  dnsNames: ['localhost'],
  ips: ['127.0.0.1'],
  server: true,
};

describe('the certificates of a cluster', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pki-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const write = (identities: Record<string, CertificateRequest>, now = at) =>
    writeClusterPki(dir, { caName: 'own-kube', identities, at: now });
  const file = (...path: string[]) => readFile(join(dir, ...path), 'utf8');

  test('are all made at first, in their folders, keys for the owner alone', async () => {
    const issued = await write({ admin, 'api-server': api });
    expect(issued.map(({ identity }) => identity)).toEqual(['ca', 'admin', 'api-server']);
    expect((await readdir(join(dir, 'ca'))).sort()).toEqual(['ca.crt', 'ca.key']);
    expect((await readdir(join(dir, 'admin'))).sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
    expect((await stat(join(dir, 'admin/tls.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dir, 'ca/ca.key'))).mode & 0o777).toBe(0o600);
    expect(await file('admin/ca.crt')).toBe(await file('ca/ca.crt'));
  });

  test('stay as they are when nothing is different', async () => {
    await write({ admin, 'api-server': api });
    const before = await Promise.all([file('ca/ca.crt'), file('admin/tls.crt'), file('api-server/tls.key')]);
    expect(await write({ admin, 'api-server': api })).toEqual([]);
    expect(await Promise.all([file('ca/ca.crt'), file('admin/tls.crt'), file('api-server/tls.key')])).toEqual(
      before,
    );
  });

  test('a new identity is added under the CA that is there', async () => {
    await write({ admin });
    const ca = await file('ca/ca.crt');
    expect(await write({ admin, 'api-server': api })).toEqual([
      { identity: 'api-server', reason: 'there is none yet' },
    ]);
    expect(await file('api-server/ca.crt')).toBe(ca);
  });

  test.each<[string, CertificateRequest, string]>([
    ['another address', { ...api, ips: ['127.0.0.1', '172.18.0.2'] }, 'it is for other names or addresses'],
    ['another name', { ...api, dnsNames: ['api'] }, 'it is for other names or addresses'],
    ['another subject', { ...api, groups: ['g'] }, 'its subject is CN=api-server, not O=g, CN=api-server'],
    ['another use', { ...api, client: false }, 'it is for another use'],
  ])('%s makes it anew', async (_name, request, reason) => {
    await write({ api });
    expect(await write({ api: request })).toEqual([{ identity: 'api', reason }]);
    expect(await write({ api: request })).toEqual([]);
  });

  test.each([
    [330, []],
    [340, [{ identity: 'admin', reason: 'it expires in 25 days' }]],
    [400, [{ identity: 'admin', reason: 'it has expired on 2031-01-01T00:00:00.000Z' }]],
  ])('after %i days', async (days, issued) => {
    await write({ admin });
    expect(await write({ admin }, new Date(at.getTime() + days * day))).toEqual(issued);
  });

  test('under a new CA all is made anew', async () => {
    await write({ admin });
    await rm(join(dir, 'ca'), { recursive: true });
    expect((await write({ admin })).map(({ reason }) => reason)).toEqual([
      'there is none yet',
      'another CA signed it',
    ]);
    expect(await file('admin/ca.crt')).toBe(await file('ca/ca.crt'));
  });

  test('a key of another certificate, or a file cut off half-way, is replaced', async () => {
    await write({ admin, api });
    await writeFile(join(dir, 'admin/tls.key'), await file('api/tls.key'));
    expect(await write({ admin, api })).toEqual([{ identity: 'admin', reason: 'its key is another one' }]);
    await writeFile(join(dir, 'api/tls.crt'), (await file('api/tls.crt')).slice(0, 100));
    expect(await write({ admin, api })).toEqual([
      { identity: 'api', reason: expect.stringContaining('it cannot be read') },
    ]);
    expect(new X509Certificate(await file('api/tls.crt')).subject).toBe('CN=api-server');
  });

  test('a CA whose key is gone is not replaced in silence', async () => {
    await write({ admin });
    await rm(join(dir, 'ca/ca.key'));
    await expect(write({ admin })).rejects.toThrow(
      /ca has ca\.crt but no ca\.key: put the key back, or remove/,
    );
  });
});
