/** One local cluster on this machine: its names, and where its network and port are. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { stateDir } from '../kit/paths.ts';
import { run, tryRun } from '../kit/run.ts';
import { listContainers, serviceFilters } from './containers.ts';
import { Stop } from '../kit/task.ts';
import { parseRoutes, pickPrefix } from './pick-settings.ts';

export interface Cluster {
  /** Compose's project, and the value of the label io.own-kube.cluster. */
  readonly name: string;
  /** The Docker network of the nodes. */
  readonly network: string;
  /** Where the administrator's certificate and okube's configuration are. */
  readonly dir: string;
}

/** Where a cluster is on this machine. */
export interface Place {
  /** The first three numbers of the node network, a /24. */
  readonly prefix: string;
  /** The api-server's port on 127.0.0.1. */
  readonly port: number;
}

/** The cluster of `npm start`. */
export const localCluster: Cluster = { name: 'own-kube', network: 'kube-net', dir: stateDir };

/** The cluster of the end-to-end tests, which may run beside the one of `npm start`. */
export const testCluster: Cluster = {
  name: 'own-kube-e2e',
  network: 'kube-net-e2e',
  dir: join(stateDir, 'e2e'),
};

/** The cluster that a task is for: that of the tests when they call it, else that of `npm start`. */
export const pickCluster = (name = process.env.OWN_KUBE_LOCAL_CLUSTER): Cluster =>
  name === testCluster.name ? testCluster : localCluster;

const subnetFormat =
  '{{index .Labels "com.docker.compose.project"}} {{range .IPAM.Config}}{{.Subnet}} {{end}}';

/** The prefix of the cluster's network, when that is there already. */
async function presentPrefix({ name, network }: Cluster): Promise<string | undefined> {
  const { code, stdout } = await tryRun(['docker', 'network', 'inspect', '--format', subnetFormat, network]);
  if (code !== 0) return undefined;
  const [project, subnet] = stdout.trim().split(' ');
  if (project !== name || !subnet)
    throw new Stop(
      `There is a Docker network ${network} that is not ours. To remove it: docker network rm ${network}`,
    );
  return subnet.split('.').slice(0, 3).join('.');
}

async function freePrefix(): Promise<string> {
  const ids = (await run(['docker', 'network', 'ls', '--quiet'])).split('\n');
  const format = '{{range .IPAM.Config}}{{.Subnet}} {{end}}';
  const subnets = await run(['docker', 'network', 'inspect', '--format', format, ...ids]);
  const routes = parseRoutes(await readFile('/proc/net/route', 'utf8'));
  const prefix = pickPrefix([...subnets.split(/\s+/), ...routes]);
  if (!prefix)
    throw new Stop(
      'No network is free for the nodes: 172.18.0.0/24 and the 29 tried after it overlap others.',
    );
  return prefix;
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .on('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The port that the cluster's api-server has now. */
async function presentPort({ name }: Cluster): Promise<number | undefined> {
  const filters = serviceFilters(name, 'api-server');
  const [id] = await listContainers(filters);
  if (!id) return undefined;
  const format = '{{(index (index .HostConfig.PortBindings "6443/tcp") 0).HostPort}}';
  return Number(await run(['docker', 'inspect', '--format', format, id])) || undefined;
}

async function freePort(): Promise<number> {
  for (let port = 6443; port < 6543; port++) if (await isFree(port)) return port;
  throw new Stop('No port from 6443 to 6542 is free on 127.0.0.1 for the api-server.');
}

/** Where the cluster is, or where it fits. */
export async function placeCluster(cluster: Cluster): Promise<Place> {
  const [prefix, port] = await Promise.all([
    presentPrefix(cluster).then((found) => found ?? freePrefix()),
    presentPort(cluster).then((found) => found ?? freePort()),
  ]);
  return { prefix, port };
}
