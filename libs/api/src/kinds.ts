import type { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import {
  ConfigMap,
  ConfigMapEvent,
  ConfigMapList,
  ConfigMapsDefinition,
  Event,
  EventEvent,
  EventList,
  EventsDefinition,
  Namespace,
  NamespaceEvent,
  NamespaceList,
  NamespacesDefinition,
  Node,
  NodeEvent,
  NodeList,
  NodesDefinition,
  Pod,
  PodEvent,
  PodList,
  PodsDefinition,
  Secret,
  SecretEvent,
  SecretList,
  SecretsDefinition,
  Service,
  ServiceAccount,
  ServiceAccountEvent,
  ServiceAccountList,
  ServiceAccountsDefinition,
  ServiceEvent,
  ServiceList,
  ServicesDefinition,
} from './generated/index.ownkube.core.v1';
import { Lease, LeaseEvent, LeaseList, LeasesDefinition } from './generated/index.ownkube.coordination.v1';
import {
  EndpointSlice,
  EndpointSliceEvent,
  EndpointSliceList,
  EndpointSlicesDefinition,
} from './generated/index.ownkube.discovery.v1';
import {
  NetworkPoliciesDefinition,
  NetworkPolicy,
  NetworkPolicyEvent,
  NetworkPolicyList,
} from './generated/index.ownkube.networking.v1';
import {
  PriorityClass,
  PriorityClassEvent,
  PriorityClassList,
  PriorityClassesDefinition,
} from './generated/index.ownkube.scheduling.v1';
import {
  Deployment,
  DeploymentEvent,
  DeploymentList,
  DeploymentsDefinition,
  ReplicaSet,
  ReplicaSetEvent,
  ReplicaSetList,
  ReplicaSetsDefinition,
} from './generated/index.ownkube.apps.v1';
import {
  ClusterRole,
  ClusterRoleBinding,
  ClusterRoleBindingEvent,
  ClusterRoleBindingList,
  ClusterRoleBindingsDefinition,
  ClusterRoleEvent,
  ClusterRoleList,
  ClusterRolesDefinition,
  Role,
  RoleBinding,
  RoleBindingEvent,
  RoleBindingList,
  RoleBindingsDefinition,
  RoleEvent,
  RoleList,
  RolesDefinition,
} from './generated/index.ownkube.rbac.v1';
import type { ListMeta, ObjectMeta } from './generated/index.ownkube.meta.v1';

/** What ts-proto makes of a message. */
export interface MessageType<T> {
  encode(message: T, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader | Uint8Array, length?: number): T;
  fromPartial(object: DeepPartial<T>): T;
}

/** Any part of a message, as fromPartial takes it. */
export type DeepPartial<T> = T extends Uint8Array | string | number | boolean | undefined
  ? T
  : T extends (infer U)[]
    ? DeepPartial<U>[]
    : T extends object
      ? { [K in keyof T]?: DeepPartial<T[K]> }
      : T;

/** What every object has. */
export interface ApiObject {
  metadata?: ObjectMeta | undefined;
}

/** What every list has. */
export interface ApiList<T> {
  metadata?: ListMeta | undefined;
  items: T[];
}

/** One change, as Watch streams it. */
export interface ApiEvent<T> {
  type?: string | undefined;
  object?: T | undefined;
}

/** A kind of object: its names, its messages, its service. A new kind is one more line in `kinds`. */
export interface Kind<T extends ApiObject = ApiObject> {
  /** "Pod" */
  readonly kind: string;
  /** "pods": in etcd keys, on the command line. */
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** "v1", "apps/v1" */
  readonly apiVersion: string;
  readonly namespaced: boolean;
  /** The full name of the message, "ownkube.core.v1.Pod". */
  readonly message: string;
  readonly type: MessageType<T>;
  readonly listType: MessageType<ApiList<T>>;
  readonly eventType: MessageType<ApiEvent<T>>;
  readonly service: { readonly fullName: string };
}

export const podKind = {
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  apiVersion: 'v1',
  namespaced: true,
  message: 'ownkube.core.v1.Pod',
  type: Pod,
  listType: PodList,
  eventType: PodEvent,
  service: PodsDefinition,
} as const satisfies Kind<Pod>;

export const nodeKind = {
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  apiVersion: 'v1',
  namespaced: false,
  message: 'ownkube.core.v1.Node',
  type: Node,
  listType: NodeList,
  eventType: NodeEvent,
  service: NodesDefinition,
} as const satisfies Kind<Node>;

export const namespaceKind = {
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  apiVersion: 'v1',
  namespaced: false,
  message: 'ownkube.core.v1.Namespace',
  type: Namespace,
  listType: NamespaceList,
  eventType: NamespaceEvent,
  service: NamespacesDefinition,
} as const satisfies Kind<Namespace>;

export const serviceKind = {
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  apiVersion: 'v1',
  namespaced: true,
  message: 'ownkube.core.v1.Service',
  type: Service,
  listType: ServiceList,
  eventType: ServiceEvent,
  service: ServicesDefinition,
} as const satisfies Kind<Service>;

export const configMapKind = {
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  apiVersion: 'v1',
  namespaced: true,
  message: 'ownkube.core.v1.ConfigMap',
  type: ConfigMap,
  listType: ConfigMapList,
  eventType: ConfigMapEvent,
  service: ConfigMapsDefinition,
} as const satisfies Kind<ConfigMap>;

export const secretKind = {
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  shortNames: [],
  apiVersion: 'v1',
  namespaced: true,
  message: 'ownkube.core.v1.Secret',
  type: Secret,
  listType: SecretList,
  eventType: SecretEvent,
  service: SecretsDefinition,
} as const satisfies Kind<Secret>;

export const serviceAccountKind = {
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  apiVersion: 'v1',
  namespaced: true,
  message: 'ownkube.core.v1.ServiceAccount',
  type: ServiceAccount,
  listType: ServiceAccountList,
  eventType: ServiceAccountEvent,
  service: ServiceAccountsDefinition,
} as const satisfies Kind<ServiceAccount>;

export const eventKind = {
  kind: 'Event',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  apiVersion: 'v1',
  namespaced: true,
  message: 'ownkube.core.v1.Event',
  type: Event,
  listType: EventList,
  eventType: EventEvent,
  service: EventsDefinition,
} as const satisfies Kind<Event>;

export const leaseKind = {
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  shortNames: [],
  apiVersion: 'coordination.k8s.io/v1',
  namespaced: true,
  message: 'ownkube.coordination.v1.Lease',
  type: Lease,
  listType: LeaseList,
  eventType: LeaseEvent,
  service: LeasesDefinition,
} as const satisfies Kind<Lease>;

export const endpointSliceKind = {
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  shortNames: [],
  apiVersion: 'discovery.k8s.io/v1',
  namespaced: true,
  message: 'ownkube.discovery.v1.EndpointSlice',
  type: EndpointSlice,
  listType: EndpointSliceList,
  eventType: EndpointSliceEvent,
  service: EndpointSlicesDefinition,
} as const satisfies Kind<EndpointSlice>;

export const networkPolicyKind = {
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  singular: 'networkpolicy',
  shortNames: ['netpol'],
  apiVersion: 'networking.k8s.io/v1',
  namespaced: true,
  message: 'ownkube.networking.v1.NetworkPolicy',
  type: NetworkPolicy,
  listType: NetworkPolicyList,
  eventType: NetworkPolicyEvent,
  service: NetworkPoliciesDefinition,
} as const satisfies Kind<NetworkPolicy>;

export const priorityClassKind = {
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  singular: 'priorityclass',
  shortNames: ['pc'],
  apiVersion: 'scheduling.k8s.io/v1',
  namespaced: false,
  message: 'ownkube.scheduling.v1.PriorityClass',
  type: PriorityClass,
  listType: PriorityClassList,
  eventType: PriorityClassEvent,
  service: PriorityClassesDefinition,
} as const satisfies Kind<PriorityClass>;

export const replicaSetKind = {
  kind: 'ReplicaSet',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  apiVersion: 'apps/v1',
  namespaced: true,
  message: 'ownkube.apps.v1.ReplicaSet',
  type: ReplicaSet,
  listType: ReplicaSetList,
  eventType: ReplicaSetEvent,
  service: ReplicaSetsDefinition,
} as const satisfies Kind<ReplicaSet>;

export const deploymentKind = {
  kind: 'Deployment',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  apiVersion: 'apps/v1',
  namespaced: true,
  message: 'ownkube.apps.v1.Deployment',
  type: Deployment,
  listType: DeploymentList,
  eventType: DeploymentEvent,
  service: DeploymentsDefinition,
} as const satisfies Kind<Deployment>;

export const roleKind = {
  kind: 'Role',
  plural: 'roles',
  singular: 'role',
  shortNames: [],
  apiVersion: 'rbac.authorization.k8s.io/v1',
  namespaced: true,
  message: 'ownkube.rbac.v1.Role',
  type: Role,
  listType: RoleList,
  eventType: RoleEvent,
  service: RolesDefinition,
} as const satisfies Kind<Role>;

export const clusterRoleKind = {
  kind: 'ClusterRole',
  plural: 'clusterroles',
  singular: 'clusterrole',
  shortNames: [],
  apiVersion: 'rbac.authorization.k8s.io/v1',
  namespaced: false,
  message: 'ownkube.rbac.v1.ClusterRole',
  type: ClusterRole,
  listType: ClusterRoleList,
  eventType: ClusterRoleEvent,
  service: ClusterRolesDefinition,
} as const satisfies Kind<ClusterRole>;

export const roleBindingKind = {
  kind: 'RoleBinding',
  plural: 'rolebindings',
  singular: 'rolebinding',
  shortNames: [],
  apiVersion: 'rbac.authorization.k8s.io/v1',
  namespaced: true,
  message: 'ownkube.rbac.v1.RoleBinding',
  type: RoleBinding,
  listType: RoleBindingList,
  eventType: RoleBindingEvent,
  service: RoleBindingsDefinition,
} as const satisfies Kind<RoleBinding>;

export const clusterRoleBindingKind = {
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  singular: 'clusterrolebinding',
  shortNames: [],
  apiVersion: 'rbac.authorization.k8s.io/v1',
  namespaced: false,
  message: 'ownkube.rbac.v1.ClusterRoleBinding',
  type: ClusterRoleBinding,
  listType: ClusterRoleBindingList,
  eventType: ClusterRoleBindingEvent,
  service: ClusterRoleBindingsDefinition,
} as const satisfies Kind<ClusterRoleBinding>;

/** The table of kinds. Everything that is the same for all kinds is driven by it. */
export const kinds = [
  podKind,
  nodeKind,
  namespaceKind,
  serviceKind,
  configMapKind,
  secretKind,
  serviceAccountKind,
  eventKind,
  leaseKind,
  endpointSliceKind,
  networkPolicyKind,
  priorityClassKind,
  replicaSetKind,
  deploymentKind,
  roleKind,
  clusterRoleKind,
  roleBindingKind,
  clusterRoleBindingKind,
] as const;
