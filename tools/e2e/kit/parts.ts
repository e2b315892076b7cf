/** The parts of the tests' cluster: their containers and processes. */
import { listContainers, serviceFilters } from '../../cluster/containers.ts';
import { run } from '../../kit/run.ts';
import { testCluster } from './test-cluster.ts';

/** The container of a service of deploy/compose.yaml. */
export async function containerOf(service: string): Promise<string> {
  const [id] = await listContainers(serviceFilters(testCluster.name, service));
  if (!id) throw new Error(`the cluster ${testCluster.name} has no container of the service ${service}`);
  return id;
}

/** The process id of a service on this machine. */
export async function pidOf(service: string): Promise<number> {
  return Number(await run(['docker', 'inspect', '--format', '{{.State.Pid}}', await containerOf(service)]));
}

/**
 * Kills a service without warning. Not by `docker kill`, after which Docker would not start it again: this is what a
 * crash looks like.
 */
export async function crash(service: string): Promise<void> {
  process.kill(await pidOf(service), 'SIGKILL');
}
