import {
  type ApiObject,
  type ClusterRole,
  type ClusterRoleBinding,
  clusterRoleBindingKind,
  clusterRoleKind,
  type Kind,
  type Role,
  type RoleBinding,
  roleBindingKind,
  roleKind,
} from '@own-kube/api';
import type { CachedObject } from '../../cache/cached-object';
import type { KindCache } from '../../cache/kind-cache';
import { Policy } from './policy';

/** The policy as the cache has it at this moment: made anew when a role or a binding has changed, else the same. */
export function createPolicySource(cacheOf: (plural: string) => KindCache): () => Policy {
  const [roles, clusterRoles, roleBindings, clusterRoleBindings] = [
    roleKind,
    clusterRoleKind,
    roleBindingKind,
    clusterRoleBindingKind,
  ].map(({ plural }: Kind) => cacheOf(plural)) as [KindCache, KindCache, KindCache, KindCache];
  const decode = createDecoder();
  const stamp = (): string =>
    `${roles.changed} ${clusterRoles.changed} ${roleBindings.changed} ${clusterRoleBindings.changed}`;
  let made: { readonly stamp: string; readonly policy: Policy } | undefined;
  return () => {
    const now = stamp();
    if (made?.stamp !== now)
      made = {
        stamp: now,
        policy: new Policy({
          roles: decode<Role>(roles),
          clusterRoles: decode<ClusterRole>(clusterRoles),
          roleBindings: decode<RoleBinding>(roleBindings),
          clusterRoleBindings: decode<ClusterRoleBinding>(clusterRoleBindings),
        }),
      };
    return made.policy;
  };
}

/** Decodes all objects of a kind; each version of an object once. */
function createDecoder(): <T extends ApiObject>(cache: KindCache) => T[] {
  const known = new WeakMap<CachedObject, ApiObject>();
  const decode = (object: CachedObject): ApiObject => {
    const before = known.get(object);
    if (before) return before;
    const decoded = object.decode();
    known.set(object, decoded);
    return decoded;
  };
  return <T extends ApiObject>(cache: KindCache) => [...cache.objects.range('')].map(decode) as T[];
}
