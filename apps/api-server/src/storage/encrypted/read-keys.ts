import { readFile } from 'node:fs/promises';
import { type SealingKey, toSealingKey } from './sealer';

const keyBytes = 32;

/** Reads files with a key each: 32 bytes in base64, as `okube certs` and `openssl rand -base64 32` make them. */
export const readSealingKeys = (paths: readonly string[]): Promise<SealingKey[]> =>
  Promise.all(paths.map(readKey));

async function readKey(path: string): Promise<SealingKey> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot read the encryption key "${path}": ${reason}.`, { cause });
  }
  const trimmed = text.trim();
  const secret = Buffer.from(trimmed, 'base64');
  if (secret.length !== keyBytes || !/^[A-Za-z0-9+/]+=*$/.test(trimmed))
    throw new Error(
      `The encryption key "${path}" must be ${keyBytes} bytes in base64; make one with: openssl rand -base64 32`,
    );
  return toSealingKey(secret);
}
