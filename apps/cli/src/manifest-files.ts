import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ApiError, parseManifests, type SourcedManifest } from '@own-kube/api';
import type { Context } from './context';
import { UsageError } from './exit-codes';
import { readNamedFile, reasonOf } from './read-file';

/**
 * All manifests of the files, directories (their .yaml, .yml and .json files, by name) and standard input that -f names.
 * @throws ApiError Invalid with all that is wrong in all of them.
 */
export async function readManifests(
  filenames: readonly string[],
  context: Context,
): Promise<SourcedManifest[]> {
  const manifests: SourcedManifest[] = [];
  const errors: ApiError[] = [];
  for (const { name, text } of await readTexts(filenames, context)) {
    try {
      manifests.push(...parseManifests(text, name));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new ApiError('Invalid', errors.map(({ message }) => message).join('\n'));
  if (manifests.length === 0) throw new UsageError(`There is no object in ${filenames.join(', ')}.`);
  return manifests;
}

interface NamedText {
  readonly name: string;
  readonly text: string;
}

async function readTexts(filenames: readonly string[], context: Context): Promise<NamedText[]> {
  const texts: NamedText[] = [];
  for (const filename of filenames) {
    if (filename === '-') texts.push({ name: 'standard input', text: await context.readStdin() });
    else
      for (const name of await filesOf(filename, context.cwd)) {
        const content = await readNamedFile(resolve(context.cwd, name), 'the file');
        texts.push({ name, text: content.toString() });
      }
  }
  return texts;
}

async function filesOf(filename: string, cwd: string): Promise<string[]> {
  const path = resolve(cwd, filename);
  try {
    if (!(await stat(path)).isDirectory()) return [filename];
    const names = await readdir(path);
    return names
      .filter((name) => /\.(yaml|yml|json)$/.test(name))
      .sort()
      .map((name) => join(filename, name));
  } catch (error) {
    throw new UsageError(`Cannot read ${filename}: ${reasonOf(error)}.`, { cause: error });
  }
}
