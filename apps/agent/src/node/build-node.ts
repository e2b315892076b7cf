import { Node } from '@own-kube/api';
import type { EngineInfo } from '../docker/engine';
import type { Capacity } from './capacity';
import type { Machine } from './machine';
import { nodeConditions, type NodeHealth } from './node-conditions';

/** What a node is, as long as its agent runs. */
export interface NodeIdentity {
  readonly name: string;
  readonly ip: string;
  readonly machine: Machine;
  readonly capacity: Capacity;
  /** Of this agent. */
  readonly version: string;
}

/** The labels that every node has. */
export const nodeLabels = ({ name, machine }: NodeIdentity): Record<string, string> => ({
  'kubernetes.io/hostname': name,
  'kubernetes.io/os': 'linux',
  'kubernetes.io/arch': machine.architecture,
});

/** A node that is not registered yet. */
export const buildNode = (identity: NodeIdentity): Node =>
  Node.fromPartial({ metadata: { name: identity.name, labels: nodeLabels(identity) }, spec: {} });

/** The node with our labels; undefined when it has them. */
export function withLabels(node: Node, identity: NodeIdentity): Node | undefined {
  const labels = nodeLabels(identity);
  if (Object.entries(labels).every(([key, value]) => node.metadata?.labels[key] === value)) return undefined;
  return { ...node, metadata: { ...node.metadata!, labels: { ...node.metadata?.labels, ...labels } } };
}

export interface Heartbeat {
  readonly health: NodeHealth;
  /** Undefined while the engine does not answer: what it said last stays. */
  readonly engine: EngineInfo | undefined;
  readonly now: number;
}

/** The node with the status of this moment. */
export function withStatus(node: Node, identity: NodeIdentity, { health, engine, now }: Heartbeat): Node {
  const { name, ip, machine, capacity, version } = identity;
  const before = node.status;
  return Node.fromPartial({
    ...node,
    status: {
      ...before,
      capacity,
      allocatable: capacity,
      addresses: [
        { type: 'InternalIP', address: ip },
        { type: 'Hostname', address: name },
      ],
      conditions: nodeConditions(health, before?.conditions ?? [], now),
      nodeInfo: {
        machineID: machine.machineID,
        systemUUID: machine.machineID,
        bootID: machine.bootID,
        kernelVersion: machine.kernelVersion,
        osImage: engine?.operatingSystem ?? before?.nodeInfo?.osImage,
        containerRuntimeVersion: engine
          ? `docker://${engine.version}`
          : before?.nodeInfo?.containerRuntimeVersion,
        kubeletVersion: version,
        kubeProxyVersion: version,
        operatingSystem: 'linux',
        architecture: machine.architecture,
      },
    },
  });
}
