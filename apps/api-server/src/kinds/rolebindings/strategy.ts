import { type RoleBinding, roleBindingKind } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';
import { bindingDefaults, checkBinding, checkBindingUpdate } from '../rbac/bindings';

/** All that is special about RoleBindings. */
export const roleBindingStrategy = defineDataStrategy<RoleBinding>(roleBindingKind, {
  withDefaults: bindingDefaults,
  validate: (binding) => checkBinding(binding, ['Role', 'ClusterRole']),
  validateUpdate: checkBindingUpdate,
});
