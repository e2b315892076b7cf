import type { ApiEvent, ApiList, ApiObject, Kind, MessageType } from './kind';

/** What a proto package must have for a kind: its message, its list, its event and its service. */
type MessagesOf<K extends string, P extends string, T extends ApiObject> = Record<K, MessageType<T>> &
  Record<`${K}List`, MessageType<ApiList<T>>> &
  Record<`${K}Event`, MessageType<ApiEvent<T>>> &
  Record<`${P}Definition`, { readonly fullName: string }>;

/** A kind with the exact types of its names, messages and service. */
export interface ExactKind<
  T extends ApiObject,
  K extends string,
  P extends string,
  N extends boolean,
  S,
> extends Kind<T> {
  readonly kind: K;
  readonly plural: Lowercase<P>;
  readonly singular: Lowercase<K>;
  readonly namespaced: N;
  readonly service: S & { readonly fullName: string };
}

type ObjectOf<M, K extends string> =
  M extends Record<K, { fromPartial: (object: never) => infer T }>
    ? T extends ApiObject
      ? T
      : never
    : never;

/**
 * The kinds of one proto package: `core('Pod', 'Pods', { namespaced: true, shortNames: ['po'] })` is made of the
 * package's Pod, PodList, PodEvent and service Pods.
 */
export const kindGroup =
  <M extends object>(messages: M, { name, apiVersion }: { name: string; apiVersion: string }) =>
  <K extends string, P extends string, const N extends boolean>(
    kind: K,
    service: P,
    options: { namespaced: N; shortNames?: readonly string[] },
  ): M extends MessagesOf<K, P, ObjectOf<M, K>>
    ? ExactKind<ObjectOf<M, K>, K, P, N, M[`${P}Definition`]>
    : never => {
    // The signature has made sure that the package has them.
    const own = messages as Readonly<Record<string, unknown>>;
    const made: Kind = {
      kind,
      plural: service.toLowerCase(),
      singular: kind.toLowerCase(),
      shortNames: options.shortNames ?? [],
      apiVersion,
      namespaced: options.namespaced,
      message: `${name}.${kind}`,
      type: own[kind] as Kind['type'],
      listType: own[`${kind}List`] as Kind['listType'],
      eventType: own[`${kind}Event`] as Kind['eventType'],
      service: own[`${service}Definition`] as Kind['service'],
    };
    return made as never;
  };
