import type { Pod } from '@own-kube/api';
import type { NewContainer } from '../docker/engine';
import { containerName, label, podLabels, type Owner } from './labels';

/** What a node's pods have in common. */
export interface NodeFacts extends Owner {
  /** The node's address: that of its hostNetwork pods. */
  readonly nodeIP: string;
  readonly sandboxImage: string;
  /** The network of hostNetwork pods: "host", or "container:<id>" where the node is a container. */
  readonly hostNetwork: string;
}

/** Hostnames are at most so long. */
const longestHostname = 63;

/** The sandbox holds the pod's network and IPC namespaces. */
export function buildSandbox(pod: Pod, attempt: number, node: NodeFacts): NewContainer {
  return {
    name: containerName('POD', pod, attempt),
    image: node.sandboxImage,
    labels: { ...podLabels(node, pod), [label.type]: 'sandbox', [label.restartCount]: String(attempt) },
    ipcMode: 'shareable',
    stopTimeoutSeconds: 0,
    ...(pod.spec?.hostNetwork
      ? { networkMode: node.hostNetwork }
      : { networkMode: 'none', hostname: hostname(pod) }),
  };
}

/** A name that was cut must not end in what no hostname ends in. */
const hostname = ({ metadata }: Pod): string =>
  (metadata?.name ?? '').slice(0, longestHostname).replace(/[-.]+$/, '');
