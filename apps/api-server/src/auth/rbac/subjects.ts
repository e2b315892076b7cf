import type { Subject } from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';

/** Everyone who has said who they are is in this group. */
export const authenticatedGroup = 'system:authenticated';

/** The user name of a ServiceAccount. */
export const serviceAccountUser = (namespace: string, name: string): string =>
  `system:serviceaccount:${namespace}:${name}`;

/** The groups of a ServiceAccount. */
export const serviceAccountGroups = (namespace: string): string[] => [
  'system:serviceaccounts',
  `system:serviceaccounts:${namespace}`,
];

const userKey = (user: string): string => `User ${user}`;
const groupKey = (group: string): string => `Group ${group}`;

/** Whom a subject of a binding means, as one of the keys of an identity; undefined: nobody. */
export function subjectKey(
  { kind, name = '', namespace }: Subject,
  ownNamespace: string,
): string | undefined {
  if (!name) return undefined;
  if (kind === 'User') return userKey(name);
  if (kind === 'Group') return groupKey(name);
  const home = namespace || ownNamespace;
  return kind === 'ServiceAccount' && home ? userKey(serviceAccountUser(home, name)) : undefined;
}

/** The keys by which bindings can mean an identity. */
export const identityKeys = ({ user, groups }: Identity): string[] => [
  userKey(user),
  ...new Set([...groups, authenticatedGroup].map(groupKey)),
];
