import { type Kind, namespaceKind } from '@own-kube/api';
import type { Attempt } from '../attempt';
import { rbacVerbOf } from '../verb';

/** What is asked of the roles. */
export interface AccessRequest {
  readonly verb: string;
  /** "" for the core group. */
  readonly apiGroup: string;
  /** "pods", "pods/status" */
  readonly resource: string;
  /** "" for what has none, and for all of them. */
  readonly namespace: string;
  /** "" for many. */
  readonly name: string;
}

/** The group of a kind: "" for "v1", "apps" for "apps/v1". */
export const apiGroupOf = ({ apiVersion }: Kind): string =>
  apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/')));

/** What an attempt asks of the roles. */
export function accessRequestOf({ verb, kind, namespace, name }: Attempt): AccessRequest {
  const { verb: asked, subresource } = rbacVerbOf(verb);
  return {
    verb: asked,
    apiGroup: apiGroupOf(kind),
    resource: subresource ? `${kind.plural}/${subresource}` : kind.plural,
    // A namespace is in itself, so that a role within it may allow to read it.
    namespace: kind.kind === namespaceKind.kind && verb !== 'create' ? name : namespace,
    // What does not exist yet has no name that a role could know of.
    name: verb === 'create' ? '' : name,
  };
}
