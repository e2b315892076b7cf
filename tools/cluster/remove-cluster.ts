/** Takes a cluster down: everything that carries its labels, and the administrator's files. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tryRun } from '../kit/run.ts';
import { waitFor } from '../kit/wait.ts';
import type { Cluster } from './cluster.ts';
import { composeFilters, listContainers, listNetworks, listVolumes, podFilters } from './containers.ts';

/** Of the folder of a cluster, what outlives it: the engine's log and pid, and the folder of another cluster. */
const keptFiles = /^(dockerd\.(log|pid)|e2e)$/;

/** What of a cluster is there. */
export interface Remains {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
  readonly files: readonly string[];
}

async function listFiles({ dir }: Cluster): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => !keptFiles.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Looks for what is there of a cluster. */
export async function findRemains(cluster: Cluster): Promise<Remains> {
  const ofCompose = composeFilters(cluster.name);
  const [parts, pods, networks, volumes, files] = await Promise.all([
    listContainers(ofCompose),
    listContainers(podFilters(cluster.name)),
    listNetworks(ofCompose),
    listVolumes(ofCompose),
    listFiles(cluster),
  ]);
  return { containers: [...parts, ...pods], networks, volumes, files };
}

/** How many things there are. */
export const countRemains = ({ containers, networks, volumes, files }: Remains): number =>
  containers.length + networks.length + volumes.length + files.length;

const remove = async (argv: readonly string[], names: readonly string[]): Promise<void> => {
  if (names.length > 0) await tryRun([...argv, ...names]);
};

async function removeOnce(cluster: Cluster): Promise<Remains> {
  // The parts go first, so that no agent makes another container while the pods' are removed.
  await remove(['docker', 'rm', '--force', '--volumes'], await listContainers(composeFilters(cluster.name)));
  const { containers, networks, volumes, files } = await findRemains(cluster);
  await remove(['docker', 'rm', '--force', '--volumes'], containers);
  await remove(['docker', 'network', 'rm'], networks);
  await remove(['docker', 'volume', 'rm', '--force'], volumes);
  for (const file of files) await rm(join(cluster.dir, file), { recursive: true, force: true });
  return findRemains(cluster);
}

/** Removes all of a cluster and answers with what resisted. Docker may need a moment to let go of a network. */
export async function removeCluster(cluster: Cluster): Promise<Remains> {
  let remains = await removeOnce(cluster);
  await waitFor(
    async () => {
      if (countRemains(remains) === 0) return true;
      remains = await removeOnce(cluster);
      return undefined;
    },
    { deadlineMs: 10_000, everyMs: 500 },
  );
  // Fails, as it shall, while the engine's log is in there.
  await tryRun(['rmdir', cluster.dir]);
  return remains;
}
