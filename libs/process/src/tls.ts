import { readFile } from 'node:fs/promises';

/** Where the PEM files of an identity are; see tlsSettings. */
export interface TlsPaths {
  readonly tlsCa: string;
  readonly tlsCert: string;
  readonly tlsKey: string;
}

/**
 * Reads CA, certificate and key.
 * @throws an Error with a sentence for every file that cannot be read.
 */
export async function readTls({
  tlsCa,
  tlsCert,
  tlsKey,
}: TlsPaths): Promise<{ ca: Buffer; cert: Buffer; key: Buffer }> {
  const problems: string[] = [];
  const read = async (what: string, path: string): Promise<Buffer> => {
    try {
      return await readFile(path);
    } catch (error) {
      problems.push(`Cannot read the ${what} "${path}": ${reason(error)}.`);
      return Buffer.alloc(0);
    }
  };
  const [ca, cert, key] = await Promise.all([
    read("cluster's CA certificate", tlsCa),
    read('certificate', tlsCert),
    read('private key', tlsKey),
  ]);
  if (problems.length > 0) throw new Error(problems.join(' '));
  return { ca, cert, key };
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file; did the certificates get made?';
  if (code === 'EACCES') return 'permission denied';
  return message;
}
