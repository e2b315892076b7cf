import type { DeepPartial, PolicyRule, RoleBinding } from '@own-kube/api';
import { clusterRoleBindingStrategy } from '../clusterrolebindings/strategy';
import { clusterRoleStrategy } from '../clusterroles/strategy';
import { roleBindingStrategy } from '../rolebindings/strategy';
import { roleStrategy } from '../roles/strategy';
import { made, wrongFields, wrongUpdates } from '../testing';

const pods = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const roleRef = { kind: 'ClusterRole', name: 'view' };

test.each<[string, DeepPartial<PolicyRule>, string[], string[]]>([
  ['a sound one', pods, [], []],
  ['one without verbs', { ...pods, verbs: [] }, ['rules[0].verbs'], ['rules[0].verbs']],
  [
    'one about nothing',
    { verbs: ['get'] },
    ['rules[0].apiGroups', 'rules[0].resources'],
    ['rules[0].apiGroups', 'rules[0].resources'],
  ],
  ['one about paths', { verbs: ['get'], nonResourceURLs: ['/metrics'] }, ['rules[0].nonResourceURLs'], []],
])('rules: %s', (_name, rule, inRole, inClusterRole) => {
  expect(wrongFields(roleStrategy, { rules: [rule] })).toEqual(inRole);
  expect(wrongFields(clusterRoleStrategy, { rules: [rule] })).toEqual(inClusterRole);
});

test('roles have names that other objects may not have', () => {
  expect(wrongFields(clusterRoleStrategy, { metadata: { name: 'system:node:Admin_1' } })).toEqual([]);
  expect(wrongFields(clusterRoleStrategy, { metadata: { name: 'a/b' } })).toEqual(['metadata.name']);
});

test('what is left open of a binding is filled in', () => {
  const subjects = [
    { kind: 'User', name: 'jane' },
    { kind: 'ServiceAccount', name: 'a', namespace: 'b' },
  ];
  expect(made(roleBindingStrategy, { roleRef, subjects })).toMatchObject({
    roleRef: { apiGroup: 'rbac.authorization.k8s.io' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io' }, { apiGroup: '' }],
  });
});

test.each<[string, DeepPartial<RoleBinding>, string[]]>([
  ['to nothing', { roleRef: undefined }, ['roleRef']],
  ['to no role', { roleRef: { kind: 'Pod', name: 'a' } }, ['roleRef.kind']],
  ['of nobody', { subjects: [{}] }, ['subjects[0].kind']],
  ['of something else', { subjects: [{ kind: 'Dog', name: 'a' }] }, ['subjects[0].kind']],
  [
    'of an account of nowhere',
    { subjects: [{ kind: 'ServiceAccount', name: 'a' }] },
    ['subjects[0].namespace'],
  ],
  ['of a nameless user', { subjects: [{ kind: 'User' }] }, ['subjects[0].name']],
])('a binding %s is refused', (_name, binding, fields) => {
  expect(wrongFields(roleBindingStrategy, { roleRef, ...binding })).toEqual(fields);
});

test('a binding of the cluster is to a role of the cluster, for good', () => {
  expect(wrongFields(clusterRoleBindingStrategy, { roleRef: { kind: 'Role', name: 'a' } })).toEqual([
    'roleRef.kind',
  ]);
  const binding = made(clusterRoleBindingStrategy, { roleRef });
  const next = { ...binding, roleRef: { ...binding.roleRef!, name: 'edit' } };
  expect(wrongUpdates(clusterRoleBindingStrategy, next, binding)).toEqual(['roleRef']);
});
