import { ApiError, type Kind } from '@own-kube/api';
import { objectKey } from './keys';
import { namespaceOf } from './metadata';

/** Names one object of a kind. */
export interface ObjectRef {
  readonly namespace: string;
  readonly name: string;
  /** In the store. */
  readonly key: string;
  /** For people: pods "web" in namespace "default". */
  readonly text: string;
}

/** The object that a request names. */
export function objectRef(
  kind: Kind,
  request: { namespace?: string | undefined; name?: string | undefined },
): ObjectRef {
  const namespace = namespaceOf(kind, request.namespace);
  const name = request.name ?? '';
  if (!name)
    throw new ApiError('Invalid', `The request names no object: set the name of the ${kind.kind}.`, {
      violations: [{ field: 'name', description: 'is required' }],
    });
  const text = `${kind.kind} "${name}"${namespace ? ` in namespace "${namespace}"` : ''}`;
  return { namespace, name, key: objectKey(kind, namespace, name), text };
}

export const notFound = ({ text }: ObjectRef): ApiError => new ApiError('NotFound', `${text} not found.`);
