import type { Node } from '@own-kube/api';
import type { Resources } from './resources';

/** A node and what is on it, as filters and scores see it. */
export interface NodeInfo {
  readonly node: Node;
  readonly allocatable: Resources & { readonly pods: number };
  /** What its pods request, in all. */
  readonly requested: Resources;
  /** What its pods are taken to need, in all. */
  readonly needed: Resources;
  readonly pods: number;
}
