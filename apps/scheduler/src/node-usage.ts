import type { Pod } from '@own-kube/api';
import { type Change, keyOf } from '@own-kube/client';
import { add, needsOf, noResources, requestsOf, type Resources, subtract } from './resources';

/** What the pods of a node take up. */
export interface Usage {
  readonly requested: Resources;
  readonly needed: Resources;
  readonly pods: number;
}

/**
 * What every node's pods take up: the pods that were seen there, and those that we have sent there and not seen yet
 * (assumed). Without the latter two pods could be given the same room.
 */
export interface NodeUsage {
  /** Takes note of what the watch says of a pod. */
  see(change: Pick<Change<Pod>, 'object' | 'deleted'>): void;
  /** Counts the pod on a node to which it is being bound, until it is seen there, is gone, or is released. */
  assume(pod: Pod, nodeName: string): void;
  /** The pod was not bound after all. */
  release(key: string): void;
  isAssumed(key: string): boolean;
  on(nodeName: string): Usage;
}

interface Counted {
  readonly nodeName: string;
  readonly uid: string | undefined;
  readonly usage: Usage;
  readonly assumed: boolean;
}

const nothing: Usage = { requested: noResources, needed: noResources, pods: 0 };

/** Makes the usage of a cluster without pods. */
export function createNodeUsage(): NodeUsage {
  const counted = new Map<string, Counted>();
  const nodes = new Map<string, Usage>();

  const remove = (key: string) => {
    const old = counted.get(key);
    if (!old) return;
    counted.delete(key);
    const rest = minus(nodes.get(old.nodeName) ?? nothing, old.usage);
    if (rest.pods === 0) nodes.delete(old.nodeName);
    else nodes.set(old.nodeName, rest);
  };
  const count = (pod: Pod, { nodeName, assumed }: Pick<Counted, 'nodeName' | 'assumed'>) => {
    remove(keyOf(pod));
    const usage = { requested: requestsOf(pod), needed: needsOf(pod), pods: 1 };
    counted.set(keyOf(pod), { nodeName, uid: pod.metadata?.uid, usage, assumed });
    nodes.set(nodeName, plus(nodes.get(nodeName) ?? nothing, usage));
  };

  return {
    see: ({ object: pod, deleted }) => {
      const key = keyOf(pod);
      const nodeName = pod.spec?.nodeName;
      if (deleted || hasEnded(pod)) remove(key);
      else if (nodeName) count(pod, { nodeName, assumed: false });
      // Of the pod that we have sent to a node this is older news; of another of its name it is not.
      else if (counted.get(key)?.uid !== pod.metadata?.uid) remove(key);
    },
    assume: (pod, nodeName) => count(pod, { nodeName, assumed: true }),
    release: remove,
    isAssumed: (key) => counted.get(key)?.assumed ?? false,
    on: (nodeName) => nodes.get(nodeName) ?? nothing,
  };
}

/** Whether all of the pod's containers have ended for good, so that it takes up nothing any more. */
export const hasEnded = ({ status }: Pod): boolean =>
  status?.phase === 'Succeeded' || status?.phase === 'Failed';

const plus = (a: Usage, b: Usage): Usage => ({
  requested: add(a.requested, b.requested),
  needed: add(a.needed, b.needed),
  pods: a.pods + b.pods,
});

const minus = (a: Usage, b: Usage): Usage => ({
  requested: subtract(a.requested, b.requested),
  needed: subtract(a.needed, b.needed),
  pods: a.pods - b.pods,
});
