import { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding } from '@own-kube/api';
import fc from 'fast-check';
import type { AccessRequest } from './access-request';
import { Policy, type RbacObjects } from './policy';
import { missingRules, ruleAllows } from './policy-rules';

const rule = (more: Partial<PolicyRule>): PolicyRule =>
  PolicyRule.fromPartial({ verbs: ['get'], apiGroups: [''], resources: ['pods'], ...more });
const asked = (more: Partial<AccessRequest> = {}): AccessRequest => ({
  verb: 'get',
  apiGroup: '',
  resource: 'pods',
  namespace: 'a',
  name: 'x',
  ...more,
});

describe('a rule', () => {
  test.each<[string, boolean, Partial<PolicyRule>, Partial<AccessRequest>]>([
    ['allows what it names', true, {}, {}],
    ['allows no other verb', false, {}, { verb: 'delete' }],
    ['allows no other group', false, {}, { apiGroup: 'apps' }],
    ['allows no other resource', false, {}, { resource: 'nodes' }],
    ['allows every verb by *', true, { verbs: ['*'] }, { verb: 'delete' }],
    ['allows every group by *', true, { apiGroups: ['*'] }, { apiGroup: 'apps' }],
    ['allows every resource by *', true, { resources: ['*'] }, { resource: 'nodes/status' }],
    ['does not allow a subresource by its resource', false, {}, { resource: 'pods/status' }],
    ['does not allow a resource by its subresource', false, { resources: ['pods/status'] }, {}],
    ['allows a subresource', true, { resources: ['pods/status'] }, { resource: 'pods/status' }],
    ['allows a subresource of all', true, { resources: ['*/status'] }, { resource: 'pods/status' }],
    ['allows the names that it has', true, { resourceNames: ['x', 'y'] }, {}],
    ['allows no other name', false, { resourceNames: ['y'] }, {}],
    ['with names allows nothing about many', false, { resourceNames: ['x'] }, { name: '' }],
    ['allows nothing without verbs', false, { verbs: [] }, {}],
    ['allows nothing without groups', false, { apiGroups: [] }, {}],
  ])('%s', (_name, allowed, given, request) => {
    expect(ruleAllows(rule(given), asked(request))).toBe(allowed);
  });
});

describe('what is missing', () => {
  test.each<[string, PolicyRule[], PolicyRule[], number]>([
    ['nothing of the same', [rule({})], [rule({})], 0],
    ['nothing of less', [rule({ verbs: ['*'], resources: ['*'] })], [rule({ resources: ['pods/log'] })], 0],
    [
      'nothing of what several have',
      [rule({}), rule({ verbs: ['list'] })],
      [rule({ verbs: ['get', 'list'] })],
      0,
    ],
    ['all of more', [rule({})], [rule({ verbs: ['*'] })], 1],
    ['each thing by itself', [], [rule({ verbs: ['get', 'list'], resources: ['pods', 'nodes'] })], 4],
    ['all names, where one has some', [rule({ resourceNames: ['x'] })], [rule({})], 1],
    ['nothing, where one has all names', [rule({})], [rule({ resourceNames: ['x'] })], 0],
    ['paths', [], [rule({ apiGroups: [], resources: [], nonResourceURLs: ['/metrics'] })], 1],
  ])('%s', (_name, owned, wanted, missing) => {
    expect(missingRules(owned, wanted)).toHaveLength(missing);
  });
});

const word = <T extends string>(...words: T[]) => fc.constantFrom(...words);
const someOf = (...words: string[]) => fc.subarray(words, { minLength: 1 });
const anyRule = fc.record({
  verbs: someOf('get', 'list', 'delete', '*'),
  apiGroups: someOf('', 'apps', '*'),
  resources: someOf('pods', 'pods/status', 'deployments', '*'),
  resourceNames: fc.subarray(['x', 'y']),
});
const anyRequest = fc.record({
  verb: word('get', 'list', 'delete'),
  apiGroup: word('', 'apps'),
  resource: word('pods', 'pods/status', 'deployments'),
  namespace: word('', 'a', 'b'),
  name: word('', 'x', 'y'),
});
const anyPair = fc.record({
  namespace: word('', 'a', 'b'),
  rules: fc.array(anyRule, { maxLength: 3 }),
  subject: word('u', 'v'),
  role: word('Role', 'ClusterRole'),
});

/** A policy of pairs of a role and a binding to it. */
function policyOf(pairs: readonly (typeof anyPair extends fc.Arbitrary<infer P> ? P : never)[]): Policy {
  const objects: { -readonly [K in keyof RbacObjects]: RbacObjects[K][number][] } = {
    roles: [],
    clusterRoles: [],
    roleBindings: [],
    clusterRoleBindings: [],
  };
  pairs.forEach(({ namespace, rules, subject, role }, index) => {
    const kind = namespace ? role : 'ClusterRole';
    const name = `r${index}`;
    const bound = { roleRef: { kind, name }, subjects: [{ kind: 'User', name: subject }] };
    if (kind === 'Role') objects.roles.push(Role.fromPartial({ metadata: { name, namespace }, rules }));
    else objects.clusterRoles.push(ClusterRole.fromPartial({ metadata: { name }, rules }));
    if (namespace)
      objects.roleBindings.push(RoleBinding.fromPartial({ metadata: { name, namespace }, ...bound }));
    else objects.clusterRoleBindings.push(ClusterRoleBinding.fromPartial({ metadata: { name }, ...bound }));
  });
  return new Policy(objects);
}
const u = () => ({ user: 'u', groups: [] });

describe('a policy', () => {
  test('one more role and binding never take away', () => {
    fc.assert(
      fc.property(fc.array(anyPair), anyPair, anyRequest, (pairs, more, request) => {
        fc.pre(policyOf(pairs).allows(u(), request));
        expect(policyOf([...pairs, more]).allows(u(), request)).toBe(true);
      }),
    );
  });

  test('who is not bound may nothing', () => {
    fc.assert(
      fc.property(fc.array(anyPair), anyRequest, (pairs, request) => {
        const others = pairs.map((pair) => ({ ...pair, subject: 'v' as const }));
        expect(policyOf(others).allows(u(), request)).toBe(false);
      }),
    );
  });

  test('a RoleBinding gives nothing outside of its namespace', () => {
    fc.assert(
      fc.property(fc.array(anyPair), anyRequest, (pairs, request) => {
        const inside = pairs.map((pair) => ({ ...pair, namespace: 'a' as const }));
        expect(policyOf(inside).allows(u(), { ...request, namespace: 'b' })).toBe(false);
        expect(policyOf(inside).allows(u(), { ...request, namespace: '' })).toBe(false);
      }),
    );
  });

  test('nothing that a role with the same rules would add is missing', () => {
    fc.assert(
      fc.property(fc.array(anyRule), fc.array(anyRule), anyRequest, (owned, wanted, request) => {
        const rules = (some: typeof owned) => some.map((each) => PolicyRule.fromPartial(each));
        fc.pre(missingRules(rules(owned), rules(wanted)).length === 0);
        fc.pre(rules(wanted).some((each) => ruleAllows(each, request)));
        expect(rules(owned).some((each) => ruleAllows(each, request))).toBe(true);
      }),
    );
  });

  test('groups and ServiceAccounts are bound', () => {
    const policy = new Policy({
      roles: [],
      clusterRoles: [ClusterRole.fromPartial({ metadata: { name: 'r' }, rules: [rule({})] })],
      roleBindings: [
        RoleBinding.fromPartial({
          metadata: { name: 'b', namespace: 'a' },
          roleRef: { kind: 'ClusterRole', name: 'r' },
          subjects: [
            { kind: 'Group', name: 'g' },
            { kind: 'ServiceAccount', name: 's' },
          ],
        }),
      ],
      clusterRoleBindings: [],
    });
    expect(policy.allows({ user: 'x', groups: ['g'] }, asked())).toBe(true);
    expect(policy.allows({ user: 'system:serviceaccount:a:s', groups: [] }, asked())).toBe(true);
    expect(policy.allows({ user: 'system:serviceaccount:b:s', groups: [] }, asked())).toBe(false);
    expect(policy.allows({ user: 'g', groups: [] }, asked())).toBe(false);
  });
});
