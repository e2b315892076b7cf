/** Finding the containers of a cluster by their labels. */
import { run, tryRun } from '../kit/run.ts';
import { Stop } from '../kit/task.ts';

const composeProject = 'com.docker.compose.project';

/** Filters for the containers of one service of the compose file. */
export const serviceFilters = (cluster: string, service: string): string[] => [
  `label=${composeProject}=${cluster}`,
  `label=com.docker.compose.service=${service}`,
];

/** Filters for everything that Compose made for a cluster: containers, networks, volumes. */
export const composeFilters = (cluster: string): string[] => [`label=${composeProject}=${cluster}`];

/** Filters for the containers of a cluster's pods. */
export const podFilters = (cluster: string): string[] => [`label=io.own-kube.cluster=${cluster}`];

const list = async (argv: readonly string[], filters: readonly string[]): Promise<string[]> => {
  const output = await run([...argv, '--quiet', ...filters.flatMap((filter) => ['--filter', filter])]);
  return output.split('\n').filter((line) => line !== '');
};

/** The ids of the containers, running or not, for which all filters hold. */
export const listContainers = (filters: readonly string[]): Promise<string[]> =>
  list(['docker', 'ps', '--all'], filters);

/** The ids of the networks for which all filters hold. */
export const listNetworks = (filters: readonly string[]): Promise<string[]> =>
  list(['docker', 'network', 'ls'], filters);

/** The names of the volumes for which all filters hold. */
export const listVolumes = (filters: readonly string[]): Promise<string[]> =>
  list(['docker', 'volume', 'ls'], filters);

/** The id of the container in which a container of a pod runs; undefined when there is none. */
export async function findPodContainer(cluster: string, pod: string): Promise<string | undefined> {
  const labels = [`io.own-kube.pod.name=${pod}`, 'io.own-kube.container.type=container'];
  const [id] = await listContainers([...podFilters(cluster), ...labels.map((label) => `label=${label}`)]);
  return id;
}

/** Runs a command in a container. */
export async function inContainer(id: string, ...argv: string[]): Promise<string> {
  const { code, output, stdout } = await tryRun(['docker', 'exec', id, ...argv]);
  if (code !== 0)
    throw new Stop(`\`${argv.join(' ')}\` in the container ${id} ended with ${code}: ${output}`);
  return stdout.trim();
}
