import { listContainers, podFilters } from '../cluster/containers.ts';
import { getItems, okube, type NodeJson, type PodJson } from '../cluster/okube.ts';
import { waitFor } from '../kit/wait.ts';
import { crash, pidOf } from './kit/parts.ts';
import { apply, inNetworkOf, webPod } from './kit/pods.ts';
import { ensureUp, testCluster } from './kit/test-cluster.ts';

const count = 50;
const nodes = ['node-1', 'node-2'] as const;
const names = Array.from({ length: count }, (_, index) => `churn-${index}`);
const deadlineMs = 150_000;

/** The pods of this test. */
const pods = async (): Promise<PodJson[]> =>
  (await getItems<PodJson>(testCluster, 'pods')).filter(({ metadata }) => names.includes(metadata.name));

const runningPods = async (): Promise<PodJson[]> =>
  (await pods()).filter(({ status }) => status?.phase === 'Running');

interface Traces {
  readonly veths: number;
  readonly routes: number;
  /** Addresses that the proxy has given away, by its own count. */
  readonly leases: string | undefined;
}

/** What a node has for pods: devices of the bridge, routes to addresses, leases of addresses. */
async function traces(node: string): Promise<Traces> {
  const pid = await pidOf(node);
  const links = await inNetworkOf(pid, 'ip', '-json', 'link', 'show', 'type', 'veth', 'master', 'br0');
  const routes = await inNetworkOf(pid, 'ip', '-json', 'route', 'show', 'table', 'main');
  const metrics = await inNetworkOf(pid, 'curl', '--silent', 'http://127.0.0.1:10249/metrics');
  const list = (text: string): { dst?: string }[] => JSON.parse(text || '[]') as { dst?: string }[];
  return {
    veths: list(links.stdout).length,
    routes: list(routes.stdout).filter(({ dst }) => dst && /^10\.244\.\d+\.\d+$/.test(dst)).length,
    leases: /own_kube_proxy_leases\{state="used"\} (\d+)/.exec(metrics.stdout)?.[1],
  };
}

const allTraces = async (): Promise<unknown> => ({
  nodes: await Promise.all(nodes.map(traces)),
  containers: (await listContainers(podFilters(testCluster.name))).length,
});

beforeAll(ensureUp);

test('50 pods at once, agents and proxies killed halfway: all run, each with its own address; deleted, nothing remains', async () => {
  const before = await allTraces();
  await apply(...names.map((name) => webPod(name, undefined, 'churn')));
  await waitFor(async () => ((await runningPods()).length >= count / 4 ? true : undefined), { deadlineMs });
  await Promise.all(['agent-1', 'proxy-1', 'agent-2', 'proxy-2'].map(crash));

  await waitFor(async () => ((await runningPods()).length === count ? true : undefined), { deadlineMs });
  const running = await runningPods();
  expect(running).toHaveLength(count);
  expect(new Set(running.map(({ status }) => status?.podIP)).size).toBe(count);
  const cidrs = (await getItems<NodeJson>(testCluster, 'nodes')).map(({ spec }) => spec?.podCIDR);
  expect(new Set(cidrs).size).toBe(nodes.length);

  await okube(testCluster, ['delete', 'pods', '--wait=false', ...names]);
  await waitFor(async () => ((await pods()).length <= count / 2 ? true : undefined), { deadlineMs });
  await Promise.all(['agent-1', 'proxy-2'].map(crash));
  await waitFor(async () => ((await pods()).length === 0 ? true : undefined), { deadlineMs });
  expect(await pods()).toEqual([]);
  const same = async (): Promise<true | undefined> =>
    JSON.stringify(await allTraces()) === JSON.stringify(before) ? true : undefined;
  await waitFor(same, { deadlineMs: 30_000 });
  expect(await allTraces()).toEqual(before);
}, 600_000);
