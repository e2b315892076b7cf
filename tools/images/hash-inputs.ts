/** One hash over the content of files and folders. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

const leftOut = /^(node_modules|dist|coverage|generated|\.nx|README\.md)$|\.spec\.ts$/;

/** The files below a path, in a fixed order, without tests and what is generated. A path that is missing has none. */
async function filesBelow(root: string, path: string): Promise<string[]> {
  if (leftOut.test(basename(path))) return [];
  const found = await stat(join(root, path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(join(root, path))).sort();
  return (await Promise.all(names.map((name) => filesBelow(root, join(path, name))))).flat();
}

/** The hash of the given paths below `root`, and of the words in `salt`. */
export async function hashInputs(root: string, paths: readonly string[], salt: string): Promise<string> {
  const files = (await Promise.all([...paths].sort().map((path) => filesBelow(root, path)))).flat();
  const hash = createHash('sha256').update(salt);
  for (const file of files) {
    const content = createHash('sha256').update(await readFile(join(root, file)));
    hash.update(`\n${file} ${content.digest('hex')}`);
  }
  return hash.digest('hex').slice(0, 24);
}
