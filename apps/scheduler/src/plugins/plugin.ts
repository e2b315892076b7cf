import type { Pod } from '@own-kube/api';
import type { NodeInfo } from '../node-info';

/**
 * Whether a pod can be on a node. Returns the reasons against it, none if it can: "Insufficient cpu". They are
 * counted over the nodes and told to whoever waits for the pod.
 */
export type Filter = (pod: Pod, info: NodeInfo) => readonly string[];

/** How well a pod would be on a node, from 0 to 100. */
export type Score = (pod: Pod, info: NodeInfo) => number;
