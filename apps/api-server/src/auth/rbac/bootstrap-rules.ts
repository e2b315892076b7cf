/** The rules of the roles that every cluster has, as upstream has them, for the kinds and methods that there are. */
import { PolicyRule } from '@own-kube/api';

/** The groups of our kinds. */
const core = '';
const apps = 'apps';
const coordination = 'coordination.k8s.io';
const discovery = 'discovery.k8s.io';
const networking = 'networking.k8s.io';
const rbac = 'rbac.authorization.k8s.io';
const scheduling = 'scheduling.k8s.io';

const readVerbs = ['get', 'list', 'watch'];
const writeVerbs = ['create', 'update', 'patch', 'delete'];
const allVerbs = [...readVerbs, ...writeVerbs];

const rule = (apiGroup: string, resources: string[], verbs: string[]): PolicyRule =>
  PolicyRule.fromPartial({ apiGroups: [apiGroup], resources, verbs });

const workloads = ['deployments', 'replicasets'];

/** What a person sees of a namespace: everything but secrets, and who may do what. */
const view = [
  rule(core, ['pods', 'pods/log', 'services', 'configmaps', 'serviceaccounts', 'events'], readVerbs),
  rule(core, ['pods/status', 'namespaces'], readVerbs),
  rule(apps, [...workloads, 'deployments/scale', 'replicasets/scale'], readVerbs),
  rule(discovery, ['endpointslices'], readVerbs),
  rule(networking, ['networkpolicies'], readVerbs),
];

const edit = [
  ...view,
  rule(core, ['secrets'], readVerbs),
  rule(core, ['pods', 'services', 'configmaps', 'secrets', 'serviceaccounts'], writeVerbs),
  rule(core, ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/eviction'], ['create']),
  rule(core, ['serviceaccounts/token'], ['create']),
  rule(apps, [...workloads, 'deployments/scale', 'replicasets/scale'], writeVerbs),
  rule(networking, ['networkpolicies'], writeVerbs),
];

const admin = [...edit, rule(rbac, ['roles', 'rolebindings'], allVerbs)];

const writesEvents = rule(core, ['events'], ['create', 'patch', 'update']);
const holdsLeases = rule(coordination, ['leases'], ['create', 'get', 'update', 'patch', 'list', 'watch']);

const scheduler = [
  rule(core, ['pods', 'nodes', 'namespaces', 'services'], readVerbs),
  rule(core, ['pods'], ['delete']),
  rule(core, ['pods/binding'], ['create']),
  rule(core, ['pods/status'], ['update', 'patch']),
  rule(apps, ['replicasets'], readVerbs),
  rule(scheduling, ['priorityclasses'], readVerbs),
  writesEvents,
  holdsLeases,
];

const controllerManager = [
  rule('*', ['*'], readVerbs),
  rule(core, ['pods', 'services', 'configmaps', 'serviceaccounts', 'secrets'], writeVerbs),
  rule(core, ['pods/status', 'nodes/status', 'services/status', 'namespaces/status'], ['update', 'patch']),
  rule(core, ['pods/eviction', 'serviceaccounts/token'], ['create']),
  rule(core, ['nodes', 'namespaces', 'namespaces/finalize'], ['update', 'patch', 'delete']),
  rule(apps, workloads, writeVerbs),
  rule(
    apps,
    workloads.map((resource) => `${resource}/status`),
    ['update', 'patch'],
  ),
  rule(discovery, ['endpointslices'], writeVerbs),
  // What a namespace that is deleted still holds, of whatever kind.
  rule('*', ['*'], ['delete']),
  writesEvents,
  rule(coordination, ['leases'], ['delete']),
  holdsLeases,
];

/** By the names of the ClusterRoles. */
export const bootstrapRules: Readonly<Record<string, readonly PolicyRule[]>> = {
  'cluster-admin': [
    rule('*', ['*'], ['*']),
    PolicyRule.fromPartial({ nonResourceURLs: ['*'], verbs: ['*'] }),
  ],
  admin,
  edit,
  view,
  'system:kube-scheduler': scheduler,
  'system:kube-controller-manager': controllerManager,
};
