/** The table of kinds. Everything that is the same for all kinds is driven by it; a new kind is one more line. */
import * as appsMessages from '../generated/index.ownkube.apps.v1';
import * as coordinationMessages from '../generated/index.ownkube.coordination.v1';
import * as coreMessages from '../generated/index.ownkube.core.v1';
import * as discoveryMessages from '../generated/index.ownkube.discovery.v1';
import * as networkingMessages from '../generated/index.ownkube.networking.v1';
import * as rbacMessages from '../generated/index.ownkube.rbac.v1';
import * as schedulingMessages from '../generated/index.ownkube.scheduling.v1';
import { kindGroup } from './kind-group';

const core = kindGroup(coreMessages, { name: 'ownkube.core.v1', apiVersion: 'v1' });
const apps = kindGroup(appsMessages, { name: 'ownkube.apps.v1', apiVersion: 'apps/v1' });
const coordination = kindGroup(coordinationMessages, {
  name: 'ownkube.coordination.v1',
  apiVersion: 'coordination.k8s.io/v1',
});
const discovery = kindGroup(discoveryMessages, {
  name: 'ownkube.discovery.v1',
  apiVersion: 'discovery.k8s.io/v1',
});
const networking = kindGroup(networkingMessages, {
  name: 'ownkube.networking.v1',
  apiVersion: 'networking.k8s.io/v1',
});
const rbac = kindGroup(rbacMessages, { name: 'ownkube.rbac.v1', apiVersion: 'rbac.authorization.k8s.io/v1' });
const scheduling = kindGroup(schedulingMessages, {
  name: 'ownkube.scheduling.v1',
  apiVersion: 'scheduling.k8s.io/v1',
});

const inNamespaces = { namespaced: true } as const;
const clusterWide = { namespaced: false } as const;

export const podKind = core('Pod', 'Pods', { ...inNamespaces, shortNames: ['po'] });
export const nodeKind = core('Node', 'Nodes', { ...clusterWide, shortNames: ['no'] });
export const namespaceKind = core('Namespace', 'Namespaces', { ...clusterWide, shortNames: ['ns'] });
export const serviceKind = core('Service', 'Services', { ...inNamespaces, shortNames: ['svc'] });
export const configMapKind = core('ConfigMap', 'ConfigMaps', { ...inNamespaces, shortNames: ['cm'] });
export const secretKind = core('Secret', 'Secrets', inNamespaces);
export const serviceAccountKind = core('ServiceAccount', 'ServiceAccounts', {
  ...inNamespaces,
  shortNames: ['sa'],
});
export const eventKind = core('Event', 'Events', { ...inNamespaces, shortNames: ['ev'] });
export const leaseKind = coordination('Lease', 'Leases', inNamespaces);
export const endpointSliceKind = discovery('EndpointSlice', 'EndpointSlices', inNamespaces);
export const networkPolicyKind = networking('NetworkPolicy', 'NetworkPolicies', {
  ...inNamespaces,
  shortNames: ['netpol'],
});
export const priorityClassKind = scheduling('PriorityClass', 'PriorityClasses', {
  ...clusterWide,
  shortNames: ['pc'],
});
export const replicaSetKind = apps('ReplicaSet', 'ReplicaSets', { ...inNamespaces, shortNames: ['rs'] });
export const deploymentKind = apps('Deployment', 'Deployments', { ...inNamespaces, shortNames: ['deploy'] });
export const roleKind = rbac('Role', 'Roles', inNamespaces);
export const clusterRoleKind = rbac('ClusterRole', 'ClusterRoles', clusterWide);
export const roleBindingKind = rbac('RoleBinding', 'RoleBindings', inNamespaces);
export const clusterRoleBindingKind = rbac('ClusterRoleBinding', 'ClusterRoleBindings', clusterWide);

/** All of them. */
export const kinds = [
  podKind,
  nodeKind,
  namespaceKind,
  serviceKind,
  configMapKind,
  secretKind,
  serviceAccountKind,
  eventKind,
  leaseKind,
  endpointSliceKind,
  networkPolicyKind,
  priorityClassKind,
  replicaSetKind,
  deploymentKind,
  roleKind,
  clusterRoleKind,
  roleBindingKind,
  clusterRoleBindingKind,
] as const;
