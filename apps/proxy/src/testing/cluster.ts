/** Nodes on one underlay, and the api-server that they share. */
import { aNode, networkNamespace, type NetworkNamespace } from '@own-kube/testing';
import type { TestApi } from './api';
import { createTestNode, type TestNode } from './node';
import { createUnderlay, type Underlay } from './underlay';

/** A cluster of proxies. */
export interface TestCluster<A extends TestApi> extends AsyncDisposable {
  readonly underlay: Underlay;
  readonly api: A;
  /** Adds a machine with a Node of its own; its proxy is not started yet. */
  addNode(name: string, ip: string): Promise<TestNode>;
  /** Makes a namespace as a sandbox has it. */
  addPod(): Promise<NetworkNamespace>;
}

/** Makes a cluster without nodes. */
export async function createTestCluster<A extends TestApi>(
  startApi: () => Promise<A>,
): Promise<TestCluster<A>> {
  const stack = new AsyncDisposableStack();
  const api = stack.use(await startApi());
  const underlay = stack.use(await createUnderlay());
  return {
    underlay,
    api,
    addNode: async (name, ip) => {
      const node = aNode({ name, internalIP: ip });
      // As its agent does: the object first, then its status.
      const created = await api.client.nodes.create({ ...node, status: undefined });
      await api.client.nodes.updateStatus({ ...created, status: node.status });
      const machine = await underlay.addMachine(ip);
      const tls = await api.tlsOf(name);
      return stack.use(await createTestNode({ name, ip, machine, dir: api.dir, apiSocket: api.socket, tls }));
    },
    addPod: async () => stack.use(await networkNamespace()),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
