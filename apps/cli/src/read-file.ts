import { readFile } from 'node:fs/promises';
import { UsageError } from './exit-codes';

/** Reads a file; a sentence that names it where that cannot be done. */
export async function readNamedFile(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`Cannot read ${what} ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}

/** Why the file system refused, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'EISDIR') return 'it is a directory';
  return message;
}
