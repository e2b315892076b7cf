/** What RoleBindings and ClusterRoleBindings have in common. */
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkOneOf,
  checkPathSegmentName,
  required,
  type RoleRef,
  type Subject,
  type Violation,
} from '@own-kube/api';
import { checkFixed } from '../fixed';

const rbacGroup = 'rbac.authorization.k8s.io';

/** A binding of either kind. */
export interface Binding {
  subjects: Subject[];
  roleRef?: RoleRef | undefined;
}

/** Users, groups and roles are of RBAC's own group, service accounts of the core's. */
export const bindingDefaults = <T extends Binding>(binding: T): T => ({
  ...binding,
  roleRef: binding.roleRef && { ...binding.roleRef, apiGroup: binding.roleRef.apiGroup || rbacGroup },
  subjects: binding.subjects.map((subject) => ({
    ...subject,
    apiGroup: subject.apiGroup || (subject.kind === 'ServiceAccount' ? '' : rbacGroup),
  })),
});

/** What is wrong with a binding to one of these kinds of role. */
export const checkBinding = ({ roleRef, subjects }: Binding, roles: readonly string[]): Violation[] => [
  ...(roleRef ? checkRoleRef(roleRef, roles) : [required('roleRef')]),
  ...subjects.flatMap((subject, index) => checkSubject(subject, `subjects[${index}]`)),
];

/** Who is bound may change; to what, never: that would be another binding. */
export const checkBindingUpdate = (next: Binding, current: Binding): Violation[] =>
  checkFixed('roleRef', next.roleRef, current.roleRef);

const checkRoleRef = ({ apiGroup, kind, name }: RoleRef, roles: readonly string[]): Violation[] => [
  ...checkOneOf(apiGroup, [rbacGroup], 'roleRef.apiGroup'),
  ...(kind ? checkOneOf(kind, roles, 'roleRef.kind') : [required('roleRef.kind')]),
  ...(name ? checkPathSegmentName(name, 'roleRef.name') : [required('roleRef.name')]),
];

function checkSubject({ kind, apiGroup, name, namespace }: Subject, field: string): Violation[] {
  if (!kind) return [required(`${field}.kind`)];
  const named = name ? [] : [required(`${field}.name`)];
  if (kind !== 'ServiceAccount')
    return [
      ...checkOneOf(kind, ['User', 'Group', 'ServiceAccount'], `${field}.kind`),
      ...named,
      ...checkOneOf(apiGroup, [rbacGroup], `${field}.apiGroup`),
    ];
  return [
    ...(name ? checkDns1123Subdomain(name, `${field}.name`) : named),
    ...(namespace ? checkDns1123Label(namespace, `${field}.namespace`) : [required(`${field}.namespace`)]),
    ...(apiGroup ? [{ field: `${field}.apiGroup`, description: 'must be empty for a ServiceAccount' }] : []),
  ];
}
