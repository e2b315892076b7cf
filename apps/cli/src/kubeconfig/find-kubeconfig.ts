import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Context } from '../context';
import { UsageError } from '../exit-codes';

/** The kubeconfig's path in a repository and in the home directory. */
const usual = join('.own-kube', 'config');

/** Where the kubeconfig is: --kubeconfig, OWN_KUBE_CONFIG, .own-kube/config here or further up, ~/.own-kube/config. */
export function findKubeconfig(
  flag: string | undefined,
  { env, cwd, home }: Pick<Context, 'env' | 'cwd' | 'home'>,
  exists: (path: string) => boolean = existsSync,
): string {
  const given = flag ?? (env['OWN_KUBE_CONFIG'] || undefined);
  if (given !== undefined) return resolve(cwd, given);
  const candidates = [...directoriesFrom(cwd), home].map((directory) => join(directory, usual));
  const found = candidates.find(exists);
  if (found) return found;
  throw new UsageError(
    `No cluster is known: there is no ${usual} in ${cwd}, above it, or in ${home}. ` +
      'Start one with `npm start`, or name its file with --kubeconfig or OWN_KUBE_CONFIG.',
  );
}

/** A directory and all that it is in. */
function directoriesFrom(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...directoriesFrom(parent)];
}
