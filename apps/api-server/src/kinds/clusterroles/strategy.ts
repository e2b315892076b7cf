import { checkLabelSelector, type ClusterRole, clusterRoleKind } from '@own-kube/api';
import { defineDataStrategy } from '../../registry/data-strategy';
import { checkRules } from '../rbac/rules';

/** All that is special about ClusterRoles. */
export const clusterRoleStrategy = defineDataStrategy<ClusterRole>(clusterRoleKind, {
  validate: ({ rules, aggregationRule }) => [
    ...checkRules(rules, 'allowed'),
    ...(aggregationRule?.clusterRoleSelectors ?? []).flatMap((selector, index) =>
      checkLabelSelector(selector, `aggregationRule.clusterRoleSelectors[${index}]`),
    ),
  ],
});
