import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type DeepPartial, isNotFound, Pod, type PodSpec } from '@own-kube/api';
import type { ApiClient } from '@own-kube/client';
import { createLogger, systemClock } from '@own-kube/process';
import {
  type ApiServerFixture,
  type AppProcess,
  eventually,
  identities,
  startApiServer,
  startApp,
  tempDir,
} from '@own-kube/testing';
import { createDockerEngine } from '../docker/docker-engine';
import type { ContainerEngine, EngineContainer } from '../docker/engine';
import { label } from '../pods/labels';
import { createFakePodNetwork, type FakePodNetwork } from './fake-pod-network';

export const testImage = 'node:24-trixie-slim';
export const nodeName = 'node-1';

/** The agent as a real process, on the machine's Docker and a real api-server, with a proxy that is a fake. */
export interface AgentFixture extends AsyncDisposable {
  readonly agent: AppProcess;
  readonly apiServer: ApiServerFixture;
  readonly client: ApiClient;
  readonly network: FakePodNetwork;
  readonly engine: ContainerEngine;
  /** The name of the cluster, which is on every container's label. */
  readonly cluster: string;
  /** Creates a pod on the agent's node. */
  createPod(name: string, spec: DeepPartial<PodSpec>): Promise<Pod>;
  getPod(name: string): Promise<Pod>;
  /** Whether the api-server has no such pod. */
  isGone(name: string): Promise<boolean>;
  deletePod(name: string, gracePeriodSeconds?: number): Promise<void>;
  /** The containers of this cluster, newest first: all, or those of one pod. */
  containers(pod?: string): Promise<EngineContainer[]>;
}

export async function startAgent(): Promise<AgentFixture> {
  await using undo = new AsyncDisposableStack();
  const log = createLogger({ component: 'test', level: 'error' });
  const cluster = `test-${randomUUID()}`;
  const engine = createDockerEngine({ socketPath: '/var/run/docker.sock', clock: systemClock });
  await requireImages(engine);

  const dir = undo.use(await tempDir());
  const apiServer = undo.use(await startApiServer());
  const client = await apiServer.client();
  await eventually(() => client.namespaces.get({ name: 'default' }));
  const proxySocket = join(dir.path, 'proxy.sock');
  const network = createFakePodNetwork(proxySocket, log);
  await network.start();
  undo.defer(() => network.stop());
  undo.defer(async () => removeAll(engine, cluster));

  const settings = {
    ...(await apiServer.settingsFor(identities.node(nodeName))),
    nodeName,
    nodeIp: '192.0.2.7',
    proxySocket,
    cluster,
  };
  const agent = undo.use(await startApp({ app: 'agent', settings }));
  const { pods } = client;
  const all = undo.move();
  return {
    agent,
    apiServer,
    client,
    network,
    engine,
    cluster,
    createPod: (name, spec) =>
      pods.create(
        Pod.fromPartial({
          metadata: { name, namespace: 'default' },
          spec: { ...spec, nodeName },
        }),
      ),
    getPod: (name) => pods.get({ namespace: 'default', name }),
    isGone: (name) => pods.get({ namespace: 'default', name }).then(() => false, isNotFound),
    deletePod: async (name, gracePeriodSeconds) => {
      await pods.delete({ namespace: 'default', name, gracePeriodSeconds });
    },
    containers: (pod) => containersOf(engine, { cluster, pod }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const forever = new AbortController().signal;

async function containersOf(
  engine: ContainerEngine,
  { cluster, pod }: { cluster: string; pod?: string | undefined },
): Promise<EngineContainer[]> {
  const labels = { [label.cluster]: cluster, ...(pod && { [label.podName]: pod }) };
  const listed = await engine.list(labels, forever);
  const containers = await Promise.all(listed.map(({ id }) => engine.inspect(id, forever)));
  return containers.filter((each) => each !== undefined).sort((a, b) => b.createdAt - a.createdAt);
}

async function removeAll(engine: ContainerEngine, cluster: string): Promise<void> {
  const listed = await engine.list({ [label.cluster]: cluster }, forever);
  await Promise.all(listed.map(({ id }) => engine.remove(id, forever)));
}

async function requireImages(engine: ContainerEngine): Promise<void> {
  for (const image of [testImage, 'own-kube/pause:latest']) {
    if (!(await engine.imageId(image, forever))) {
      throw new Error(`These tests need the image "${image}": npm test and npm start make it.`);
    }
  }
}

/** A container that runs a line of shell. */
export const shell = (name: string, line: string) => ({
  name,
  image: testImage,
  imagePullPolicy: 'IfNotPresent',
  command: ['sh', '-c', line],
});

/** One that stays, and ends at once when it is asked to. */
export const sleeper = (name = 'main') => shell(name, 'trap "exit 0" TERM; sleep 1000000 & wait');
