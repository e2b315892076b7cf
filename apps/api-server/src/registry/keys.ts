/** Where objects and claims are in the store: see the etcd layout in the README. */
import type { Kind } from '@own-kube/api';

/** Under this prefix are all objects, and nothing else. */
export const registryPrefix = '/own-kube/registry/';

/** The prefix of all objects of a kind. */
export const kindPrefix = (plural: string): string => `${registryPrefix}${plural}/`;

/** The kind's plural in an object's key. */
export const pluralOf = (key: string): string =>
  key.slice(registryPrefix.length, key.indexOf('/', registryPrefix.length));

/** The key of an object; the namespace counts only for kinds that have namespaces. */
export const objectKey = (kind: Kind, namespace: string, name: string): string =>
  kind.namespaced ? `${kindPrefix(kind.plural)}${namespace}/${name}` : `${kindPrefix(kind.plural)}${name}`;

/** The prefix of the objects of a kind in a namespace, or in all. */
export const scopePrefix = (kind: Kind, namespace: string): string =>
  kind.namespaced && namespace ? `${kindPrefix(kind.plural)}${namespace}/` : kindPrefix(kind.plural);

/** The key by which something unique is claimed: "podcidrs", "10.244.1.0/24". */
export const claimKey = (what: string, value: string): string => `/own-kube/claims/${what}/${value}`;

/** An object's key as a person names it: "pods default/web", "nodes node-1". */
export const describeKey = (key: string): string => key.slice(registryPrefix.length).replace('/', ' ');
