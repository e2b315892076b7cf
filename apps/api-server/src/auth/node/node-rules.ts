/**
 * What a node may do. It is not for roles to say, because it depends on where pods run: a node reads what is needed to
 * run pods and to reach them, a Secret or a ConfigMap only if one of its pods refers to it, and writes about itself and
 * its pods alone.
 */
import {
  configMapKind,
  endpointSliceKind,
  eventKind,
  type Kind,
  leaseKind,
  namespaceKind,
  networkPolicyKind,
  nodeKind,
  type Pod,
  podKind,
  priorityClassKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
} from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';
import type { Attempt } from '../attempt';
import type { Verb } from '../verb';
import type { NodePods } from './node-pods';

/** Where the leases of nodes are, by which they say that they live. */
export const nodeLeaseNamespace = 'kube-node-lease';

const userPrefix = 'system:node:';
const nodesGroup = 'system:nodes';

/** The name of the node that somebody is. */
export const nodeNameOf = ({ user, groups }: Identity): string | undefined =>
  user.startsWith(userPrefix) && groups.includes(nodesGroup) ? user.slice(userPrefix.length) : undefined;

interface Asked extends Attempt {
  readonly node: string;
  readonly pods: NodePods;
}

interface Rule {
  readonly kinds: readonly Kind[];
  readonly verbs: readonly Verb[];
  readonly when?: (asked: Asked) => boolean;
}

const read = ['get', 'list', 'watch'] as const;
const isItself = ({ node, name }: Asked): boolean => name === node;
const isNeeded = ({ node, pods, kind, namespace, name }: Asked): boolean =>
  name !== '' && pods.refer(node, { kind: kind.kind, namespace, name });

/** Of a pod that is not known yet, some pod will do. */
const runsHere = ({ node, object }: Asked): boolean =>
  object === undefined || (object as Pod).spec?.nodeName === node;

/** A token is for a pod of this node that runs as the ServiceAccount. */
const isForItsPod = ({ node, boundPod, name }: Asked): boolean =>
  boundPod?.spec?.nodeName === node && (boundPod.spec.serviceAccountName || 'default') === name;

const rules: readonly Rule[] = [
  {
    kinds: [podKind, nodeKind, namespaceKind, serviceKind, endpointSliceKind, networkPolicyKind],
    verbs: read,
  },
  { kinds: [priorityClassKind], verbs: read },
  {
    kinds: [nodeKind],
    verbs: ['create', 'update', 'updateStatus', 'patch', 'patchStatus'],
    when: isItself,
  },
  { kinds: [podKind], verbs: ['updateStatus', 'patchStatus', 'delete'], when: runsHere },
  {
    kinds: [leaseKind],
    verbs: ['get', 'create', 'update', 'patch', 'delete'],
    when: (asked) => asked.namespace === nodeLeaseNamespace && isItself(asked),
  },
  { kinds: [secretKind, configMapKind, serviceAccountKind], verbs: read, when: isNeeded },
  { kinds: [serviceAccountKind], verbs: ['createToken'], when: isForItsPod },
  { kinds: [eventKind], verbs: ['create', 'update', 'patch'] },
];

/** Whether a node may do it. */
export const nodeMay = (node: string, attempt: Attempt, pods: NodePods): boolean =>
  rules.some(
    ({ kinds, verbs, when }) =>
      kinds.some(({ kind }) => kind === attempt.kind.kind) &&
      verbs.includes(attempt.verb) &&
      (when?.({ ...attempt, node, pods }) ?? true),
  );
