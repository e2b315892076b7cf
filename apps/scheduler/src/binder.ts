import { isNotFound, ObjectMeta, type Pod } from '@own-kube/api';
import { type PodClient, refOfKey } from '@own-kube/client';
import type { Logger } from '@own-kube/process';
import type { NodeUsage } from './node-usage';

/** Puts pods on nodes. From when it begins to, the pod takes up room on the node. */
export interface Binder {
  /** Binds the pod as we know it; fails if it has changed, was bound or is gone. */
  bind(pod: Pod, nodeName: string, signal: AbortSignal): Promise<void>;
  /**
   * Finds out how it stands with a pod that we tried to bind: the answer may have been lost on its way, or the watch
   * may be behind. Afterwards the pod is assumed only if it is bound.
   */
  settle(key: string, signal: AbortSignal): Promise<void>;
}

/** Makes a binder. */
export function createBinder(options: { client: PodClient; usage: NodeUsage; log: Logger }): Binder {
  const { client, usage, log } = options;
  return {
    bind: async (pod, nodeName, signal) => {
      usage.assume(pod, nodeName);
      const { name, namespace, uid, resourceVersion } = pod.metadata ?? {};
      const metadata = ObjectMeta.fromPartial({ name, namespace, uid, resourceVersion });
      await client.bind({ metadata, target: { kind: 'Node', name: nodeName } }, { signal });
      log.info('bound', { kind: 'Pod', namespace, name, node: nodeName });
    },
    settle: async (key, signal) => {
      if (!usage.isAssumed(key)) return;
      const stored = await getOrNothing(client, key, signal);
      // What the watch has told by now is newer.
      if (!usage.isAssumed(key)) return;
      if (stored?.spec?.nodeName) usage.assume(stored, stored.spec.nodeName);
      else usage.release(key);
    },
  };
}

async function getOrNothing(client: PodClient, key: string, signal: AbortSignal): Promise<Pod | undefined> {
  try {
    return await client.get(refOfKey(key), { signal });
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
