import { ClusterRole, ClusterRoleBinding } from '@own-kube/api';
import { bootstrapRules } from './bootstrap-rules';

/** As upstream marks them: made by the api-server. */
const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
const apiGroup = 'rbac.authorization.k8s.io';

/** The ClusterRoles that are made where they are missing. */
export const bootstrapRoles = (): ClusterRole[] =>
  Object.entries(bootstrapRules).map(([name, rules]) =>
    ClusterRole.fromPartial({ metadata: { name, labels }, rules: [...rules] }),
  );

/** Who has them from the start: a role, and the user or the group that is bound to it. */
const bound: readonly { readonly role: string; readonly kind: 'User' | 'Group'; readonly name: string }[] = [
  { role: 'cluster-admin', kind: 'Group', name: 'system:masters' },
  { role: 'system:kube-scheduler', kind: 'User', name: 'system:kube-scheduler' },
  { role: 'system:kube-controller-manager', kind: 'User', name: 'system:kube-controller-manager' },
];

/** The ClusterRoleBindings that are made where they are missing. */
export const bootstrapBindings = (): ClusterRoleBinding[] =>
  bound.map(({ role, kind, name }) =>
    ClusterRoleBinding.fromPartial({
      metadata: { name: role, labels },
      roleRef: { apiGroup, kind: 'ClusterRole', name: role },
      subjects: [{ apiGroup, kind, name }],
    }),
  );
