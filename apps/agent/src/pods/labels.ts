import type { Pod } from '@own-kube/api';
import type { Labels } from '../docker/engine';

/** What is written on every container of ours. All that must survive the agent is in these labels. */
export const label = {
  cluster: 'io.own-kube.cluster',
  node: 'io.own-kube.node',
  podUid: 'io.own-kube.pod.uid',
  podNamespace: 'io.own-kube.pod.namespace',
  podName: 'io.own-kube.pod.name',
  /** Absent on the sandbox. */
  containerName: 'io.own-kube.container.name',
  /** "sandbox" or "container". */
  type: 'io.own-kube.container.type',
  /** The container's place in the sandbox: the id of the sandbox that it joined. */
  sandbox: 'io.own-kube.sandbox',
  /** What the container should be, as a hash: what inspect says is never compared with a spec. */
  specHash: 'io.own-kube.spec-hash',
  /** How many there were of it before. */
  restartCount: 'io.own-kube.restart-count',
  /** How many of those in a row ended soon: what its back-off goes by. */
  backOffStep: 'io.own-kube.back-off-step',
} as const;

/** Whose containers they are: those of one node of one cluster. No other container is ever looked at. */
export interface Owner {
  readonly cluster: string;
  readonly node: string;
}

/** The labels that all containers of a node have. */
export const ownerLabels = ({ cluster, node }: Owner): Labels => ({
  [label.cluster]: cluster,
  [label.node]: node,
});

/** The labels that all containers of a pod have. */
export const podLabels = (owner: Owner, { metadata }: Pod): Labels => ({
  ...ownerLabels(owner),
  [label.podUid]: metadata?.uid ?? '',
  [label.podNamespace]: metadata?.namespace ?? '',
  [label.podName]: metadata?.name ?? '',
});

/** A container's name on the engine. It is taken once: a second create of the same attempt fails. */
export const containerName = (what: string, { metadata }: Pod, attempt: number): string =>
  ['ok', what, metadata?.name, metadata?.namespace, metadata?.uid, attempt].join('_');
