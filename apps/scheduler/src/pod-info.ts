import type { Pod } from '@own-kube/api';
import { needsOf, requestsOf, type Resources } from './resources';

/** A pod that needs a node, as filters and scores see it. What is read from it once is not read for each node. */
export interface PodInfo {
  readonly pod: Pod;
  /** What is to be set aside for it. */
  readonly requests: Resources;
  /** What it is taken to need, also where it requests nothing. */
  readonly needs: Resources;
}

export const podInfoOf = (pod: Pod): PodInfo => ({ pod, requests: requestsOf(pod), needs: needsOf(pod) });
