/** Waits for what a cluster needs time for; who waits in vain is told what stands in the way. */
import { servicesOf } from '../dev/deploy-bundle.ts';
import type { Step } from '../kit/say.ts';
import { Stop } from '../kit/task.ts';
import { waitFor } from '../kit/wait.ts';
import type { Cluster } from './cluster.ts';
import { compose } from './compose.ts';
import { getItems, isReady, tryOkube, type NodeJson, type PodJson } from './okube.ts';

const deadlineMs = 120_000;
const everyMs = 400;
/** The nodes of deploy/compose.yaml. */
const nodeNames = ['node-1', 'node-2'] as const;
const agents = servicesOf.agent;
const parts = ['etcd', ...Object.values(servicesOf).flat()];
/** okube's exit code for a manifest that is wrong, which no waiting puts right. */
const invalid = 4;

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

/** Creates what a manifest says as soon as the api-server takes it. */
export async function applyWhenServed(cluster: Cluster, manifest: string, { note }: Step): Promise<void> {
  let last = '';
  const taken = await waitFor(
    async () => {
      const { code, output } = await tryOkube(cluster, ['apply', '-f', manifest]);
      note((last = output.trim().split('\n').at(-1) ?? ''));
      if (code === invalid) throw new Stop(output);
      return code === 0 || undefined;
    },
    { deadlineMs, everyMs },
  );
  if (!taken)
    throw new Stop(
      `The api-server has not taken ${manifest} after ${deadlineMs / 1000} s (${last}).\n\n${await explain(cluster, parts)}`,
    );
}

/** Waits until all nodes are ready for pods. */
export async function waitForNodes(cluster: Cluster, { note }: Step): Promise<void> {
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
