import type { Node } from '@own-kube/api';
import type { Informer } from '@own-kube/client';
import type { NodeInfo } from './node-info';
import type { NodeUsage } from './node-usage';
import { allocatableOf } from './resources';

/** Makes the function that takes a picture of all nodes as they are now. */
export function createNodeInfos({
  nodes,
  usage,
}: {
  nodes: Informer<Node>;
  usage: NodeUsage;
}): () => NodeInfo[] {
  // Reading quantities is most of the work, and a node's change but now and then.
  const known = new WeakMap<Node, NodeInfo['allocatable']>();
  return () =>
    nodes.list().map((node) => {
      const allocatable = known.get(node) ?? allocatableOf(node);
      known.set(node, allocatable);
      return { node, allocatable, ...usage.on(node.metadata?.name ?? '') };
    });
}
