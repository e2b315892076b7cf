/**
 * Nobody gives what they do not have, as upstream: who writes a role must have all that it allows, or the verb
 * "escalate" on it; who writes a binding must have all that its role allows, or the verb "bind" on that role.
 */
import {
  type ApiObject,
  type ClusterRole,
  clusterRoleBindingKind,
  clusterRoleKind,
  type Kind,
  type PolicyRule,
  type Role,
  type RoleBinding,
  roleBindingKind,
  roleKind,
} from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';
import { isDeepStrictEqual } from 'node:util';
import { apiGroupOf } from './access-request';
import type { Policy } from './policy';
import { missingRules } from './policy-rules';

/** A role or binding that is about to be written. */
export interface Granting {
  readonly kind: Kind;
  readonly namespace: string;
  readonly next: ApiObject;
  /** As it is; undefined for one that is made. */
  readonly current?: ApiObject | undefined;
}

const isOf = (kind: Kind, ...kinds: readonly Kind[]): boolean =>
  kinds.some((each) => each.kind === kind.kind);

/** Undefined where somebody may write it, also because it gives nothing; else why not. */
export function refuseGrant(policy: Policy, identity: Identity, granting: Granting): string | undefined {
  if (isOf(granting.kind, roleKind, clusterRoleKind)) return refuseRole(policy, identity, granting);
  if (isOf(granting.kind, roleBindingKind, clusterRoleBindingKind))
    return refuseBinding(policy, identity, granting);
  return undefined;
}

function refuseRole(
  policy: Policy,
  identity: Identity,
  { kind, namespace, next, current }: Granting,
): string | undefined {
  const { rules, metadata } = next as Role | ClusterRole;
  if (current && isDeepStrictEqual(rules, (current as Role).rules)) return undefined;
  const name = metadata?.name ?? '';
  if (policy.allows(identity, { verb: 'escalate', ...target(kind), namespace, name })) return undefined;
  const missing = missingRules(policy.rulesFor(identity, namespace), rules);
  if (missing.length === 0) return undefined;
  return (
    `"${identity.user}" may not give what it does not have: ${kind.kind} "${name}" would allow ` +
    `${listRules(missing)}. Get these permissions first, or the verb "escalate" on ${kind.plural}.`
  );
}

function refuseBinding(
  policy: Policy,
  identity: Identity,
  { kind, namespace, next, current }: Granting,
): string | undefined {
  const { roleRef, subjects, metadata } = next as RoleBinding;
  const before = current as RoleBinding | undefined;
  if (before && isDeepStrictEqual([roleRef, subjects], [before.roleRef, before.subjects])) return undefined;
  const name = roleRef?.name ?? '';
  const roleTarget = target(roleRef?.kind === 'Role' ? roleKind : clusterRoleKind);
  if (policy.allows(identity, { verb: 'bind', ...roleTarget, namespace, name })) return undefined;
  const rules = policy.rulesOf(roleRef, namespace);
  const refused = `"${identity.user}" may not give what it does not have: ${kind.kind} "${metadata?.name ?? ''}"`;
  const help = `or the verb "bind" on ${roleTarget.resource} "${name}".`;
  // What a role that is still to be made will allow, nobody can say.
  if (!rules)
    return `${refused} refers to ${roleRef?.kind ?? ''} "${name}", which does not exist. Create it first, ${help}`;
  const missing = missingRules(policy.rulesFor(identity, namespace), rules);
  if (missing.length === 0) return undefined;
  return `${refused} would allow ${listRules(missing)}. Get these permissions first, ${help}`;
}

const target = (kind: Kind) => ({ apiGroup: apiGroupOf(kind), resource: kind.plural });

const mostListed = 5;

function listRules(rules: readonly PolicyRule[]): string {
  const more = rules.length > mostListed ? ` and ${rules.length - mostListed} more` : '';
  return rules.slice(0, mostListed).map(formatRule).join(', ') + more;
}

function formatRule({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  const [group] = apiGroups;
  const what = nonResourceURLs[0] ?? `${resources[0]}${group ? `.${group}` : ''}`;
  return `${verbs[0]} ${what}${resourceNames[0] ? ` "${resourceNames[0]}"` : ''}`;
}
