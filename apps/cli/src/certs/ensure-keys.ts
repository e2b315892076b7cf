/**
 * The api-server's own keys: the one that signs the tokens of ServiceAccounts, and the one that encrypts Secrets in etcd.
 * A key that is there is kept for ever: without it tokens and Secrets are lost.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const makers = {
  'service-account.key': () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  'encryption.key': () => `${randomBytes(32).toString('base64')}\n`,
} as const;

/** Makes the keys that are missing in a folder. Returns their names. */
export async function ensureKeys(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const made: string[] = [];
  for (const [name, make] of Object.entries(makers)) {
    const path = join(folder, name);
    if (await exists(path)) continue;
    // Whole or not at all.
    await writeFile(`${path}.new`, make(), { mode: 0o600 });
    await rename(`${path}.new`, path);
    made.push(name);
  }
  return made;
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new Error(`cannot look for ${path}`, { cause: error });
  }
}
