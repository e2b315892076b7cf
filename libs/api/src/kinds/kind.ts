/** What the table of kinds is made of. */
import type { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import type { ListMeta, ObjectMeta } from '../generated/index.ownkube.meta.v1';

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

/** A kind of object: its names, its messages, its service. */
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
