/** The shape of what ts-proto's `generic-definitions` make of a service, and the messages that its types name. */

/** Encodes and decodes one message. ts-proto's message objects are such; so is anything that wraps one. */
export interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** A method, as ts-proto defines it. */
export interface MethodDefinition {
  readonly name: string;
  readonly requestType: AnyCodec;
  readonly requestStream: boolean;
  readonly responseType: AnyCodec;
  readonly responseStream: boolean;
}

/** A service, as ts-proto defines it: `PodsDefinition` and the like. */
export interface ServiceDefinition {
  readonly fullName: string;
  readonly methods: Readonly<Record<string, MethodDefinition>>;
}

/** A codec of any message. `encode` is a method, so that a codec of one message is assignable here. */
export interface AnyCodec {
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

/** The message that a method is called with. */
export type RequestOf<M extends MethodDefinition> = ReturnType<M['requestType']['decode']>;

/** The message that a method answers with. */
export type ResponseOf<M extends MethodDefinition> = ReturnType<M['responseType']['decode']>;

/** "/ownkube.core.v1.Pods/Create" */
export const pathOf = (service: ServiceDefinition, method: MethodDefinition): string =>
  `/${service.fullName}/${method.name}`;
