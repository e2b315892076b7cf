/** Pods of the tests. */
import { findPodContainer } from '../../cluster/containers.ts';
import { getItems, okube, type PodJson } from '../../cluster/okube.ts';
import { waitForPods } from '../../cluster/wait-ready.ts';
import { run, tryRun, type RunResult } from '../../kit/run.ts';
import { waitFor } from '../../kit/wait.ts';
import { testCluster } from './test-cluster.ts';

/** A pod that runs, and where. */
export interface RunningPod {
  readonly name: string;
  readonly ip: string;
  /** Docker's id of its container. */
  readonly container: string;
  /** The process id of that container on this machine. */
  readonly pid: number;
}

/** The manifest of a pod of the example's image; on that node, or where the scheduler puts it. */
export const webPod = (name: string, nodeName?: string, label = 'web'): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: label } },
  spec: {
    ...(nodeName && { nodeName }),
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'web', image: 'own-kube/whats-my-ip', imagePullPolicy: 'Never' }],
  },
});

/** Creates objects. */
export const apply = (...objects: object[]): Promise<string> =>
  okube(testCluster, ['apply', '-f', '-'], {
    input: objects.map((object) => JSON.stringify(object)).join('\n---\n'),
  });

async function locate({ metadata: { name }, status }: PodJson): Promise<RunningPod> {
  const container = await findPodContainer(testCluster.name, name);
  if (!container) throw new Error(`the pod ${name} is Running, but there is no container of it`);
  const pid = Number(await run(['docker', 'inspect', '--format', '{{.State.Pid}}', container]));
  return { name, ip: status?.podIP ?? '', container, pid };
}

/** Waits until the named pods run. */
export async function running(...names: string[]): Promise<RunningPod[]> {
  const pods = await waitForPods(testCluster, names, { note: () => undefined });
  return Promise.all(pods.map(locate));
}

/** Deletes pods and waits until they are gone. */
export async function removePods(...names: string[]): Promise<void> {
  await okube(testCluster, ['delete', 'pods', ...names]);
  const left = async (): Promise<PodJson[]> =>
    (await getItems<PodJson>(testCluster, 'pods')).filter(({ metadata }) => names.includes(metadata.name));
  const gone = await waitFor(async () => ((await left()).length === 0 ? true : undefined), {
    deadlineMs: 60_000,
  });
  if (!gone) throw new Error(`still there a minute after they were deleted: ${JSON.stringify(await left())}`);
}

/** Runs a command inside a container of a pod. */
export const inPod = (pod: RunningPod, ...argv: string[]): Promise<RunResult> =>
  tryRun(['docker', 'exec', pod.container, ...argv]);

/** Runs a command of this machine in the network of a process. */
export const inNetworkOf = (pid: number, ...argv: string[]): Promise<RunResult> =>
  tryRun(['nsenter', '--target', String(pid), '--net', '--', ...argv]);
