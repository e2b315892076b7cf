import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTls } from './tls';

describe('readTls', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'own-kube-tls-'));
    await writeFile(join(dir, 'ca.crt'), 'CA');
    await writeFile(join(dir, 'own.crt'), 'CERT');
    await writeFile(join(dir, 'own.key'), 'KEY');
  });
  afterAll(() => rm(dir, { recursive: true }));

  test('reads the three files', async () => {
    const tls = await readTls({
      tlsCa: join(dir, 'ca.crt'),
      tlsCert: join(dir, 'own.crt'),
      tlsKey: join(dir, 'own.key'),
    });
    expect(Object.values(tls).map(String)).toEqual(['CA', 'CERT', 'KEY']);
  });

  test('names every file that is missing', async () => {
    const missing = join(dir, 'nowhere.crt');
    await expect(readTls({ tlsCa: missing, tlsCert: join(dir, 'own.crt'), tlsKey: dir })).rejects.toThrow(
      new RegExp(`Cannot read the cluster's CA certificate "${missing}": there is no such file.*private key`),
    );
  });
});
