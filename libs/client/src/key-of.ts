import type { ApiObject } from '@own-kube/api';

/** What names one object of a kind. */
export interface ObjectRef {
  namespace?: string | undefined;
  name?: string | undefined;
}

/** The key of an object in caches and queues: "namespace/name", or "name" where the kind has no namespaces. */
export function keyOf({ metadata }: ApiObject): string {
  return keyOfRef(metadata ?? {});
}

/** The key of the object with this namespace and name. */
export function keyOfRef({ namespace, name }: ObjectRef): string {
  return namespace ? `${namespace}/${name ?? ''}` : (name ?? '');
}

/** The namespace and name that a key stands for. */
export function refOfKey(key: string): { namespace?: string; name: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
