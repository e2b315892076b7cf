/** Two nodes and an api-server in memory. */
import { Node } from '@own-kube/api';
import { createFakeApi, serveFakeApi, type FakeApi } from '@own-kube/client/testing';
import { createLogger } from '@own-kube/process';
import { writeClusterPki } from '@own-kube/rpc/pki';
import { networkNamespace, tempDir, type NetworkNamespace } from '@own-kube/testing';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestNode, type TestNode } from './node';
import { createUnderlay, type Underlay } from './underlay';

/** A cluster of proxies. */
export interface TestCluster extends AsyncDisposable {
  readonly underlay: Underlay;
  readonly api: FakeApi;
  readonly dir: string;
  readonly apiSocket: string;
  /** Adds a machine with a Node of its own; its proxy is not started yet. */
  addNode(name: string, ip: string): Promise<TestNode>;
  /** Makes a namespace as a sandbox has it. */
  addPod(): Promise<NetworkNamespace>;
}

/** Makes a cluster without nodes. */
export async function createTestCluster(): Promise<TestCluster> {
  const stack = new AsyncDisposableStack();
  const { path: dir } = stack.use(await tempDir('proxy-'));
  const underlay = stack.use(await createUnderlay());
  const identities = Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8]
      .map((n) => `node-${n}`)
      .map((name) => [name, { user: `system:node:${name}`, groups: ['system:nodes'] }]),
  );
  await writeClusterPki(dir, {
    caName: 'test',
    identities: { ...identities, api: { user: 'api-server', server: true, ips: ['127.0.0.1'] } },
  });

  const api = createFakeApi();
  const apiSocket = join(dir, 'api.sock');
  const stop = new AbortController();
  const log = createLogger({ component: 'api', level: 'error' });
  const [ca, cert, key] = await Promise.all(
    ['ca.crt', 'tls.crt', 'tls.key'].map((file) => readFile(join(dir, 'api', file))),
  );
  if (!ca || !cert || !key) throw new Error('no certificates');
  const serving = await serveFakeApi(api, {
    listen: `unix://${apiSocket}`,
    tls: { ca, cert, key },
    log,
    signal: stop.signal,
  });
  stack.defer(async () => {
    stop.abort();
    await serving.closed;
  });

  return {
    underlay,
    api,
    dir,
    apiSocket,
    addNode: async (name, ip) => {
      await api.client.nodes.create(aNodeOf(name, ip));
      const machine = await underlay.addMachine(ip);
      return stack.use(await createTestNode({ name, ip, machine, dir, apiSocket }));
    },
    addPod: async () => stack.use(await networkNamespace()),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const aNodeOf = (name: string, ip: string): Node =>
  Node.fromPartial({ metadata: { name }, status: { addresses: [{ type: 'InternalIP', address: ip }] } });
