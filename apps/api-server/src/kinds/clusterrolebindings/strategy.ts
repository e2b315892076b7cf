import { type ClusterRoleBinding, clusterRoleBindingKind } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';
import { bindingDefaults, checkBinding, checkBindingUpdate } from '../rbac/bindings';

/** All that is special about ClusterRoleBindings. */
export const clusterRoleBindingStrategy = defineDataStrategy<ClusterRoleBinding>(clusterRoleBindingKind, {
  withDefaults: bindingDefaults,
  validate: (binding) => checkBinding(binding, ['ClusterRole']),
  validateUpdate: checkBindingUpdate,
});
