import { createPrivateKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@own-kube/testing';
import { ensureKeys } from './ensure-keys';

test('keys are made once, and are for their owner alone', async () => {
  await using dir = await tempDir('own-kube-keys-');
  const folder = join(dir.path, 'api-server');
  expect(await ensureKeys(folder)).toEqual(['service-account.key', 'encryption.key']);
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const [signing, encryption] = [await read('service-account.key'), await read('encryption.key')];
  expect(createPrivateKey(signing).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(Buffer.from(encryption, 'base64')).toHaveLength(32);
  expect((await stat(join(folder, 'encryption.key'))).mode & 0o777).toBe(0o600);

  expect(await ensureKeys(folder)).toEqual([]);
  expect([await read('service-account.key'), await read('encryption.key')]).toEqual([signing, encryption]);
});
