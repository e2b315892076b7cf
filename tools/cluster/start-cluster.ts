/** Starts the containers of a cluster and waits until it is of use. */
import { mkdir } from 'node:fs/promises';
import { tryRun } from '../kit/run.ts';
import { step, type Step } from '../kit/say.ts';
import { Stop } from '../kit/task.ts';
import { waitFor } from '../kit/wait.ts';
import { changedApps, forgetChanged } from '../dev/changed-apps.ts';
import { servicesOf } from '../dev/deploy-bundle.ts';
import { isApp } from '../images/catalog.ts';
import type { Cluster, Place } from './cluster.ts';
import { compose } from './compose.ts';
import { getItems, isReady, tryOkube, type NodeJson, type PodJson } from './okube.ts';

const deadlineMs = 120_000;
const everyMs = 250;
/** The nodes of deploy/compose.yaml. */
export const nodeNames = ['node-1', 'node-2'] as const;
const agents = servicesOf.agent;
const parts = ['etcd', ...Object.values(servicesOf).flat()];

/** What stands in the way, for the person who waits in vain: the containers there are, and what some said last. */
async function explain(cluster: Cluster, services: readonly string[]): Promise<string> {
  const said = async (...args: string[]): Promise<string> => {
    const text = await compose(cluster, args).catch((error: Error) => error.message);
    return text
      .split('\n')
      .map((line) => line.slice(0, 240))
      .join('\n');
  };
  return `${await said('ps', '--all')}\n\n${await said('logs', '--no-color', '--tail=8', ...services)}`;
}

async function waitForNodes(cluster: Cluster, { note }: Step): Promise<void> {
  let last = '';
  const ready = await waitFor(
    async () => {
      const { code, stdout, output } = await tryOkube(cluster, ['get', 'nodes', '--output', 'json']);
      if (code !== 0) return void note((last = output.trim().split('\n').at(-1) ?? ''));
      const nodes = (JSON.parse(stdout) as { items?: NodeJson[] }).items ?? [];
      // A node without a podCIDR has no network for its pods yet.
      const names = nodes
        .filter((node) => isReady(node) && node.spec?.podCIDR)
        .map(({ metadata }) => metadata.name);
      note((last = `ready: ${names.join(', ') || 'none yet'}`));
      return nodeNames.every((name) => names.includes(name)) || undefined;
    },
    { deadlineMs, everyMs },
  );
  if (!ready)
    throw new Stop(
      `The nodes are not ready after ${deadlineMs / 1000} s (${last}).\n\n${await explain(cluster, parts)}`,
    );
}

/** Waits until the named pods run and are ready, and answers with them in that order. */
export async function waitForPods(
  cluster: Cluster,
  names: readonly string[],
  { note }: Step,
): Promise<PodJson[]> {
  const running = await waitFor(
    async () => {
      const pods = await getItems<PodJson>(cluster, 'pods');
      const found = names.flatMap((name) => pods.filter(({ metadata }) => metadata.name === name));
      note(found.map(({ metadata, status }) => `${metadata.name}: ${status?.phase ?? 'unknown'}`).join(', '));
      const ready = found.filter(
        (pod) => pod.status?.phase === 'Running' && isReady(pod) && pod.status.podIP,
      );
      return ready.length === names.length ? ready : undefined;
    },
    { deadlineMs, everyMs },
  );
  if (running) return running;
  const { output } = await tryOkube(cluster, ['get', 'pods', '--output', 'wide']);
  throw new Stop(
    `The pods do not run after ${deadlineMs / 1000} s:\n${output}\n${await explain(cluster, agents)}`,
  );
}

/** Replaces the containers into which `npm run dev` has put another bundle than that of their image. */
async function replaceChanged(cluster: Cluster, place: Place): Promise<void> {
  const services = (await changedApps(cluster)).filter(isApp).flatMap((app) => servicesOf[app]);
  if (services.length === 0) return;
  await compose(cluster, ['up', '--detach', '--no-build', '--no-deps', '--force-recreate', ...services], {
    place,
  });
  await forgetChanged(cluster);
}

/** Starts the cluster at that place; with one that runs already, only what has changed is replaced. */
export async function startCluster(cluster: Cluster, place: Place): Promise<void> {
  const where = `nodes on ${place.prefix}.0/24, API on 127.0.0.1:${place.port}`;
  await step(`Starting the containers (${where})`, async ({ note }) => {
    await mkdir(cluster.dir, { recursive: true });
    const up = ['up', '--detach', '--no-build', '--remove-orphans'];
    await compose(cluster, up, { place, onLine: note });
    await replaceChanged(cluster, place);
  });
  await step('Waiting for the nodes', (progress) => waitForNodes(cluster, progress));
}

/** Runs a command in a container. */
export async function inContainer(id: string, ...argv: string[]): Promise<string> {
  const { code, output, stdout } = await tryRun(['docker', 'exec', id, ...argv]);
  if (code !== 0)
    throw new Stop(`\`${argv.join(' ')}\` in the container ${id} ended with ${code}: ${output}`);
  return stdout.trim();
}
