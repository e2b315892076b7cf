import type { Informer } from '@own-kube/client';
import type { Pod } from '@own-kube/api';

/** The pods of this node, as the api-server wants them. */
export interface PodSource {
  byUid(uid: string): Pod | undefined;
  list(): Pod[];
}

/** The index by which an informer of pods is asked. */
export const uidIndex = { uid: (pod: Pod): string[] => [pod.metadata?.uid ?? ''] };

export const createPodSource = (informer: Informer<Pod>): PodSource => ({
  byUid: (uid) => informer.by('uid', uid)[0],
  list: () => informer.list(),
});
