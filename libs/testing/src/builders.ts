import { type DeepPartial, Node, Pod } from '@own-kube/api';

/** What tests say of a pod; the rest is as an ordinary pod has it. */
export interface PodShape {
  name?: string;
  namespace?: string;
  uid?: string;
  labels?: Record<string, string>;
  image?: string;
  /** How many containers. Default 1. */
  containers?: number;
  /** What each container requests: { cpu: '500m', memory: '64Mi' }. */
  requests?: Record<string, string>;
  nodeName?: string;
  phase?: string;
  /** Anything else, laid over the above. */
  metadata?: DeepPartial<NonNullable<Pod['metadata']>>;
  spec?: DeepPartial<NonNullable<Pod['spec']>>;
  status?: DeepPartial<NonNullable<Pod['status']>>;
}

/** A pod that could be created: `aPod({ name: 'web', requests: { cpu: '100m' } })`. */
export function aPod(shape: PodShape = {}): Pod {
  const { name = 'pod', namespace = 'default', image = 'example', containers = 1 } = shape;
  const container = (index: number) => ({
    name: index === 0 ? 'main' : `main-${index}`,
    image,
    resources: shape.requests && { requests: quantities(shape.requests) },
  });
  return Pod.fromPartial({
    metadata: { name, namespace, uid: shape.uid, labels: shape.labels ?? {}, ...shape.metadata },
    spec: {
      containers: Array.from({ length: containers }, (_, index) => container(index)),
      nodeName: shape.nodeName,
      ...shape.spec,
    },
    status: (shape.phase ?? shape.status) && { phase: shape.phase, ...shape.status },
  } as DeepPartial<Pod>);
}

/** What tests say of a node; the rest is as an ordinary node has it. */
export interface NodeShape {
  name?: string;
  labels?: Record<string, string>;
  cpu?: string;
  memory?: string;
  /** How many pods it takes. Default 110. */
  pods?: number;
  ready?: boolean;
  unschedulable?: boolean;
  podCIDR?: string;
  internalIP?: string;
  metadata?: DeepPartial<NonNullable<Node['metadata']>>;
  spec?: DeepPartial<NonNullable<Node['spec']>>;
  status?: DeepPartial<NonNullable<Node['status']>>;
}

/** A node that is ready and has room: `aNode({ name: 'node-1', cpu: '2' })`. */
export function aNode(shape: NodeShape = {}): Node {
  const { name = 'node-1', cpu = '4', memory = '8Gi', pods = 110, ready = true } = shape;
  const resources = quantities({ cpu, memory, pods: String(pods) });
  return Node.fromPartial({
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...shape.labels }, ...shape.metadata },
    spec: { podCIDR: shape.podCIDR, unschedulable: shape.unschedulable, ...shape.spec },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      addresses: [
        { type: 'Hostname', address: name },
        ...(shape.internalIP ? [{ type: 'InternalIP', address: shape.internalIP }] : []),
      ],
      ...shape.status,
    },
  });
}

const quantities = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { string: text }]));
