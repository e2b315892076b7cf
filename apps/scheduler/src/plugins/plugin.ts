import type { NodeInfo } from '../node-info';
import type { PodInfo } from '../pod-info';

/**
 * Whether a pod can be on a node. Returns the reasons against it, none if it can: "Insufficient cpu". They are
 * counted over the nodes and told to whoever waits for the pod.
 */
export type Filter = (pod: PodInfo, node: NodeInfo) => readonly string[];

/** How well a pod would be on a node, from 0 to 100. */
export type Score = (pod: PodInfo, node: NodeInfo) => number;
