import type { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import {
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
} from './generated/index.ownkube.core.v1';
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

/** The table of kinds. Everything that is the same for all kinds is driven by it. */
export const kinds = [podKind, nodeKind, namespaceKind] as const;
