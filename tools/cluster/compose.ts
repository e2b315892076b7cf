/** Docker Compose: the plugin, or docker-compose, whichever is there. */
import { run, tryRun, type RunOptions } from '../kit/run.ts';
import type { Cluster, Place } from './cluster.ts';

async function composeCommand(): Promise<string[]> {
  const plugin = await tryRun(['docker', 'compose', 'version']);
  return plugin.code === 0 ? ['docker', 'compose'] : ['docker-compose'];
}

/** What deploy/compose.yaml reads from the environment. */
export const composeEnv = (cluster: Cluster, place?: Place): Record<string, string> => ({
  COMPOSE_PROJECT_NAME: cluster.name,
  KUBE_NET_NAME: cluster.network,
  OWN_KUBE_DIR: cluster.dir,
  ...(place && { KUBE_NET_PREFIX: place.prefix, OWN_KUBE_PORT: String(place.port) }),
});

/** Runs Compose for a cluster. */
export async function compose(
  cluster: Cluster,
  args: readonly string[],
  { place, ...options }: RunOptions & { place?: Place } = {},
): Promise<string> {
  const env = { ...composeEnv(cluster, place), ...options.env };
  return run([...(await composeCommand()), ...args], { ...options, env });
}
