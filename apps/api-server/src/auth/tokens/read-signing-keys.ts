import { readFile } from 'node:fs/promises';
import { type SigningKey, toSigningKey } from './jwt';

/** Reads files with a private key each (PEM), as `okube certs` makes one. */
export const readSigningKeys = (paths: readonly string[]): Promise<SigningKey[]> =>
  Promise.all(
    paths.map(async (path) => {
      try {
        return toSigningKey(await readFile(path));
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`Cannot use the key of ServiceAccounts "${path}": ${reason}.`, { cause });
      }
    }),
  );
