/** Which apps run a bundle that is not the one of their image, so that the next start replaces their containers. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster.ts';

const file = ({ dir }: Cluster): string => join(dir, 'changed-apps');

/** The apps that were noted. */
export async function changedApps(cluster: Cluster): Promise<string[]> {
  try {
    return (await readFile(file(cluster), 'utf8')).split('\n').filter((app) => app !== '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Notes that the containers of an app no longer run what is in their image. */
export async function noteChanged(cluster: Cluster, app: string): Promise<void> {
  const apps = new Set([...(await changedApps(cluster)), app]);
  await writeFile(file(cluster), [...apps].map((name) => `${name}\n`).join(''));
}

/** Forgets all, once the containers have been replaced. */
export const forgetChanged = (cluster: Cluster): Promise<void> => rm(file(cluster), { force: true });
