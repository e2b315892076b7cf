import { type Role, roleKind } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';
import { checkRules } from '../rbac/rules';

/** All that is special about Roles. */
export const roleStrategy = defineDataStrategy<Role>(roleKind, {
  validate: ({ rules }) => checkRules(rules, 'forbidden'),
});
