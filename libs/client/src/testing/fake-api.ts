import { ApiError, namespaceKind, nodeKind, type Pod, podKind } from '@own-kube/api';
import type { ApiClient } from '../api-client';
import type { KindClient, PodClient } from '../kind-client';
import { createFakeKind, type FakeKind } from './fake-kind';
import { createFakeWorld } from './fake-world';

/** An api-server in memory, and what a test may do to it. */
export interface FakeApi {
  /** To be given to the code under test, and for the test itself. */
  readonly client: ApiClient;
  /** Breaks every watch that is under way. */
  breakWatches(): void;
  /** Forgets all past changes: a watch from an older version has expired. */
  compact(): void;
  /** Sends a bookmark to every watch. */
  sendBookmarks(): void;
  /** While it is down, every call fails with UNAVAILABLE and watches break. */
  setDown(down: boolean): void;
}

/** Makes an empty fake api-server. It keeps versions, preconditions and watches as the real one; it validates nothing. */
export function createFakeApi(): FakeApi {
  const world = createFakeWorld();
  const pods = withPodVerbs(createFakeKind(podKind, world));
  const kinds = [pods, createFakeKind(nodeKind, world), createFakeKind(namespaceKind, world)] as const;
  const set = (change: Partial<typeof world>) => {
    Object.assign(world, change);
    world.changed();
  };
  return {
    client: {
      pods,
      nodes: kinds[1],
      namespaces: kinds[2],
      of: (kind) => {
        const found = kinds.find((client) => client.kind.message === kind.message);
        if (!found) throw new Error(`The fake api-server has no ${kind.plural}.`);
        return found as unknown as KindClient<never>;
      },
      close: () => set({ breaks: world.breaks + 1 }),
    },
    breakWatches: () => set({ breaks: world.breaks + 1 }),
    compact: () => set({ compacted: world.revision }),
    sendBookmarks: () => set({ bookmarks: world.bookmarks + 1 }),
    setDown: (down) => set({ down }),
  };
}

/** Pods are bound, and those with a node go in two steps. */
function withPodVerbs(pods: FakeKind<Pod>): PodClient {
  return {
    ...pods,
    bind: async ({ metadata, target }) =>
      pods.change(metadata ?? {}, (pod) => {
        for (const field of ['uid', 'resourceVersion'] as const) {
          if (metadata?.[field] && metadata[field] !== pod.metadata?.[field])
            throw new ApiError('Conflict', `Pod ${pod.metadata?.name} has another ${field} by now.`);
        }
        if (pod.spec?.nodeName)
          throw new ApiError('Conflict', `Pod ${pod.metadata?.name} is on ${pod.spec.nodeName} already.`);
        return { ...pod, spec: { ...pod.spec!, nodeName: target?.name } };
      }),
    delete: async (request, options) => {
      const { namespace, name, gracePeriodSeconds, preconditions } = request;
      const pod = await pods.get({ namespace, name });
      const grace = gracePeriodSeconds ?? pod.spec?.terminationGracePeriodSeconds ?? 30;
      if (!pod.spec?.nodeName || grace === 0) return pods.delete(request, options);
      if (preconditions?.uid && preconditions.uid !== pod.metadata?.uid)
        throw new ApiError('Conflict', `Pod ${name} has another uid by now.`);
      return pods.change({ namespace, name }, (current) => ({
        ...current,
        metadata: {
          ...current.metadata!,
          deletionTimestamp: current.metadata?.deletionTimestamp ?? {
            seconds: Math.floor(Date.now() / 1000) + grace,
          },
          deletionGracePeriodSeconds: grace,
        },
      }));
    },
  };
}
