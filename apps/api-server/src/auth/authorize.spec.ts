import {
  ClusterRole,
  ClusterRoleBinding,
  clusterRoleBindingKind,
  clusterRoleKind,
  configMapKind,
  eventKind,
  type Kind,
  leaseKind,
  namespaceKind,
  Node,
  nodeKind,
  Pod,
  podKind,
  Role,
  RoleBinding,
  roleBindingKind,
  roleKind,
  secretKind,
  serviceAccountKind,
} from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';
import type { Attempt } from './attempt';
import { authorize, type AuthorizeDeps } from './authorize';
import { nodeLeaseNamespace } from './node/node-rules';
import { bootstrapBindings, bootstrapRoles } from './rbac/bootstrap-objects';
import { Policy } from './rbac/policy';
import { serviceAccountGroups, serviceAccountUser } from './rbac/subjects';
import type { Verb } from './verb';

const admin: Identity = { user: 'admin', groups: ['system:masters'] };
const node1: Identity = { user: 'system:node:node-1', groups: ['system:nodes'] };
const scheduler: Identity = { user: 'system:kube-scheduler', groups: [] };
const controllers: Identity = { user: 'system:kube-controller-manager', groups: [] };
const nobody: Identity = { user: 'mallory', groups: ['system:authenticated'] };
/** A user that calls itself a node without being in the group. */
const pretender: Identity = { user: 'system:node:node-1', groups: [] };
/** Is edit, in namespace default. */
const eve: Identity = { user: 'eve', groups: [] };
/** Writes roles and bindings, in namespace default, and has little besides. */
const grace: Identity = { user: 'grace', groups: [] };
const robot: Identity = {
  user: serviceAccountUser('default', 'robot'),
  groups: serviceAccountGroups('default'),
};

const apiGroup = 'rbac.authorization.k8s.io';
const bind = (role: string, subject: { kind: string; name: string; namespace?: string }) =>
  RoleBinding.fromPartial({
    metadata: { name: `${role}-${subject.name}`, namespace: 'default' },
    roleRef: { apiGroup, kind: role === 'grants' ? 'Role' : 'ClusterRole', name: role },
    subjects: [subject],
  });
const readsPods = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const deps: AuthorizeDeps = {
  policy: (
    (policy) => () =>
      policy
  )(
    new Policy({
      clusterRoles: bootstrapRoles(),
      clusterRoleBindings: bootstrapBindings(),
      roles: [
        Role.fromPartial({
          metadata: { name: 'grants', namespace: 'default' },
          rules: [
            readsPods,
            {
              apiGroups: [apiGroup],
              resources: ['roles', 'rolebindings'],
              verbs: ['create', 'update', 'patch'],
            },
            { apiGroups: [apiGroup], resources: ['clusterroles'], resourceNames: ['view'], verbs: ['bind'] },
          ],
        }),
      ],
      roleBindings: [
        bind('edit', { kind: 'User', name: 'eve' }),
        bind('view', { kind: 'ServiceAccount', name: 'robot', namespace: 'default' }),
        bind('grants', { kind: 'User', name: 'grace' }),
      ],
    }),
  ),
  pods: {
    refer: (node, { kind, namespace, name }) =>
      node === 'node-1' && namespace === 'default' && `${kind} ${name}`.endsWith('mine'),
  },
};

const attempt = (verb: Verb, kind: Kind, more: Partial<Attempt> = {}): Attempt => ({
  verb,
  kind,
  namespace: kind.namespaced ? 'default' : '',
  name: 'x',
  ...more,
});
const podOn = (nodeName?: string) => ({ object: Pod.fromPartial({ spec: { nodeName } }) });
const lease = (name: string, namespace = nodeLeaseNamespace) => ({ name, namespace });
const tokenFor = (nodeName: string, serviceAccountName?: string) => ({
  boundPod: Pod.fromPartial({ spec: { nodeName, serviceAccountName } }),
});
const role = (verb: string) =>
  Role.fromPartial({
    metadata: { name: 'new', namespace: 'default' },
    rules: [{ ...readsPods, verbs: [verb] }],
  });
const binding = (name: string) => bind(name, { kind: 'User', name: 'mallory' });

const may: [string, Identity, Attempt][] = [
  ['an administrator deletes a namespace', admin, attempt('delete', namespaceKind)],
  ['an administrator binds', admin, attempt('bind', podKind)],
  ['a node watches pods', node1, attempt('watch', podKind, { name: '' })],
  ['a node lists nodes', node1, attempt('list', nodeKind, { name: '' })],
  ['a node gets a namespace', node1, attempt('get', namespaceKind)],
  ['a node creates itself', node1, attempt('create', nodeKind, { name: 'node-1' })],
  ['a node updates itself', node1, attempt('update', nodeKind, { name: 'node-1' })],
  ['a node patches itself', node1, attempt('patch', nodeKind, { name: 'node-1' })],
  ['a node writes its status', node1, attempt('updateStatus', nodeKind, { name: 'node-1' })],
  ['a node writes the status of its pod', node1, attempt('updateStatus', podKind, podOn('node-1'))],
  ['a node patches the status of its pod', node1, attempt('patchStatus', podKind, podOn('node-1'))],
  ['a node deletes its pod', node1, attempt('delete', podKind, podOn('node-1'))],
  ['a node may delete some pod', node1, attempt('delete', podKind)],
  ['a node makes its lease', node1, attempt('create', leaseKind, lease('node-1'))],
  ['a node renews its lease', node1, attempt('update', leaseKind, lease('node-1'))],
  ['a node reads the secret of its pod', node1, attempt('get', secretKind, { name: 'mine' })],
  ['a node watches the secret of its pod', node1, attempt('watch', secretKind, { name: 'mine' })],
  ['a node reads the configmap of its pod', node1, attempt('get', configMapKind, { name: 'mine' })],
  ['a node writes events', node1, attempt('create', eventKind)],
  [
    'a node makes a token for its pod',
    node1,
    attempt('createToken', serviceAccountKind, tokenFor('node-1', 'x')),
  ],
  ['the scheduler watches nodes', scheduler, attempt('watch', nodeKind)],
  ['the scheduler binds', scheduler, attempt('bind', podKind, podOn())],
  ['the scheduler writes why a pod waits', scheduler, attempt('updateStatus', podKind, podOn())],
  ['the scheduler preempts', scheduler, attempt('delete', podKind, podOn('node-1'))],
  ['the controllers create pods', controllers, attempt('create', podKind)],
  ['the controllers delete anything', controllers, attempt('delete', roleKind)],
  ['an editor creates pods in its namespace', eve, attempt('create', podKind)],
  ['an editor reads secrets in its namespace', eve, attempt('get', secretKind)],
  ['an editor reads its namespace', eve, attempt('get', namespaceKind, { name: 'default' })],
  ['an editor makes tokens', eve, attempt('createToken', serviceAccountKind)],
  ['a viewing ServiceAccount lists pods', robot, attempt('list', podKind, { name: '' })],
  ['one gives what one has', grace, attempt('create', roleKind, { object: role('get') })],
  [
    'one binds a role that one may bind',
    grace,
    attempt('create', roleBindingKind, { object: binding('view') }),
  ],
  [
    'one binds a role whose rules one has',
    grace,
    attempt('create', roleBindingKind, { object: binding('grants') }),
  ],
  ['one may update some role', grace, attempt('update', roleKind, { next: role('delete') })],
  [
    'one relabels a role that gives more than one has',
    grace,
    attempt('update', roleKind, { object: role('delete'), next: role('delete') }),
  ],
];

const mayNot: [string, Identity, Attempt][] = [
  [
    'a node creates another',
    node1,
    attempt('create', nodeKind, { name: 'node-2', object: Node.fromPartial({}) }),
  ],
  ['a node updates another', node1, attempt('update', nodeKind, { name: 'node-2' })],
  ["a node writes another's status", node1, attempt('updateStatus', nodeKind, { name: 'node-2' })],
  ['a node deletes itself', node1, attempt('delete', nodeKind, { name: 'node-1' })],
  ["a node writes the status of another's pod", node1, attempt('updateStatus', podKind, podOn('node-2'))],
  ['a node writes the status of a pod without a node', node1, attempt('updateStatus', podKind, podOn())],
  ["a node deletes another's pod", node1, attempt('delete', podKind, podOn('node-2'))],
  ['a node creates a pod', node1, attempt('create', podKind, podOn('node-1'))],
  ['a node changes a pod', node1, attempt('update', podKind, podOn('node-1'))],
  ['a node patches a pod', node1, attempt('patch', podKind, podOn('node-1'))],
  ['a node binds', node1, attempt('bind', podKind)],
  ['a node creates a namespace', node1, attempt('create', namespaceKind)],
  ["a node renews another's lease", node1, attempt('update', leaseKind, lease('node-2'))],
  ['a node makes a lease elsewhere', node1, attempt('create', leaseKind, lease('node-1', 'default'))],
  ["a node reads another's secret", node1, attempt('get', secretKind, { name: 'other' })],
  ['a node lists secrets', node1, attempt('list', secretKind, { name: '' })],
  [
    'a node reads a secret of that name elsewhere',
    node1,
    attempt('get', secretKind, { name: 'mine', namespace: 'b' }),
  ],
  ['a node writes a secret', node1, attempt('update', secretKind, { name: 'mine' })],
  ['a node reads another configmap', node1, attempt('get', configMapKind)],
  ['a node makes a token for nobody', node1, attempt('createToken', serviceAccountKind)],
  [
    "a node makes a token for another's pod",
    node1,
    attempt('createToken', serviceAccountKind, tokenFor('node-2', 'x')),
  ],
  [
    'a node makes a token of another ServiceAccount',
    node1,
    attempt('createToken', serviceAccountKind, tokenFor('node-1')),
  ],
  ['a node makes a role', node1, attempt('create', clusterRoleKind)],
  ['the scheduler creates a pod', scheduler, attempt('create', podKind)],
  ['the scheduler writes a node', scheduler, attempt('update', nodeKind)],
  ['the scheduler reads secrets', scheduler, attempt('get', secretKind)],
  ['the controllers make roles', controllers, attempt('create', clusterRoleKind)],
  ['an editor creates pods elsewhere', eve, attempt('create', podKind, { namespace: 'b' })],
  ['an editor lists pods everywhere', eve, attempt('list', podKind, { namespace: '', name: '' })],
  ['an editor makes roles', eve, attempt('create', roleKind)],
  ['an editor deletes its namespace', eve, attempt('delete', namespaceKind, { name: 'default' })],
  ['an editor writes status', eve, attempt('updateStatus', podKind)],
  ['a viewing ServiceAccount reads secrets', robot, attempt('get', secretKind)],
  ['a viewing ServiceAccount writes', robot, attempt('patch', podKind)],
  ['anyone else reads', nobody, attempt('get', podKind)],
  ['a pretended node reads', pretender, attempt('get', podKind)],
  ['one gives what one has not', grace, attempt('create', roleKind, { object: role('delete') })],
  ['one gives everything', grace, attempt('create', roleKind, { object: role('*') })],
  [
    'one adds to a role what one has not',
    grace,
    attempt('update', roleKind, { object: role('get'), next: role('delete') }),
  ],
  [
    'one patches into a role what one has not',
    grace,
    attempt('patch', roleKind, { object: role('get'), next: role('delete') }),
  ],
  [
    'one binds a role that gives more',
    grace,
    attempt('create', roleBindingKind, { object: binding('cluster-admin') }),
  ],
  [
    'one binds a role that is not there',
    grace,
    attempt('create', roleBindingKind, { object: binding('later') }),
  ],
  [
    'one gives everywhere what one has in a namespace',
    grace,
    attempt('create', clusterRoleBindingKind, {
      object: ClusterRoleBinding.fromPartial({ roleRef: { kind: 'ClusterRole', name: 'view' } }),
    }),
  ],
  [
    'one makes a ClusterRole',
    grace,
    attempt('create', clusterRoleKind, { object: ClusterRole.fromPartial({}) }),
  ],
];

test.each(may)('%s', (_name, identity, tried) => {
  expect(authorize(deps, identity, tried)).toBeUndefined();
});

test.each(mayNot)('not: %s', (_name, identity, tried) => {
  expect(authorize(deps, identity, tried)).toMatch(/may not/);
});

test('the refusal says who may not do what, where', () => {
  expect(authorize(deps, node1, attempt('updateStatus', podKind, podOn('node-2')))).toBe(
    '"system:node:node-1" (system:nodes) may not update the status of pods "x" in namespace "default".',
  );
  expect(authorize(deps, grace, attempt('create', roleKind, { object: role('delete') }))).toBe(
    '"grace" may not give what it does not have: Role "new" would allow delete pods. ' +
      'Get these permissions first, or the verb "escalate" on roles.',
  );
});
