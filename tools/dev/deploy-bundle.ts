/** Puts the bundle of an app into its running containers and restarts these; pods are not touched. */
import type { Cluster } from '../cluster/cluster.ts';
import { listContainers, serviceFilters } from '../cluster/containers.ts';
import type { App } from '../images/catalog.ts';
import { inRoot } from '../kit/paths.ts';
import { run } from '../kit/run.ts';
import type { Followed } from './follow-logs.ts';

/** The services of deploy/compose.yaml that run an app. */
export const servicesOf: Readonly<Record<App, readonly string[]>> = {
  'api-server': ['api-server'],
  agent: ['agent-1', 'agent-2'],
  proxy: ['proxy-1', 'proxy-2'],
  scheduler: ['scheduler'],
  cli: [],
};

/** The containers that run an app, with the names of their services. */
export async function containersOf({ name }: Cluster, app: App): Promise<Followed[]> {
  const found = servicesOf[app].map(async (title) => {
    const ids = await listContainers(serviceFilters(name, title));
    return ids.map((id) => ({ id, title }));
  });
  return (await Promise.all(found)).flat();
}

/** Copies the bundle into the containers and restarts them. */
export async function deployBundle(app: App, containers: readonly Followed[]): Promise<void> {
  const put = async ({ id }: Followed): Promise<void> => {
    await run(['docker', 'cp', `${inRoot('dist/apps', app)}/.`, `${id}:/app/`]);
    await run(['docker', 'restart', '--time', '1', id]);
  };
  await Promise.all(containers.map(put));
}
