import type { Node, Pod } from '@own-kube/api';
import type { Change } from '@own-kube/client';
import { hasEnded } from './node-usage';
import { allocatableOf } from './resources';

/** Whether a node's change may make room for a pod that found none. A heartbeat does not. */
export function nodeMayHelp({ object, old, deleted }: Change<Node>): boolean {
  if (deleted) return false;
  return !old || JSON.stringify(whatMatters(object)) !== JSON.stringify(whatMatters(old));
}

const whatMatters = (node: Node) => [
  node.metadata?.labels,
  node.spec,
  allocatableOf(node),
  node.status?.conditions.find(({ type }) => type === 'Ready')?.status,
];

/** Whether a pod's change gives room back: it was on a node, and has ended or is gone. */
export const podMayHelp = ({ object, deleted }: Change<Pod>): boolean =>
  Boolean(object.spec?.nodeName) && (deleted || hasEnded(object));
