import { type PolicyRule, required, type Violation } from '@own-kube/api';

/** What is wrong with the rules of a role; paths that are no resources are for the whole cluster only. */
export const checkRules = (rules: readonly PolicyRule[], urls: 'allowed' | 'forbidden'): Violation[] =>
  rules.flatMap((rule, index) => checkRule(rule, `rules[${index}]`, urls));

function checkRule(rule: PolicyRule, field: string, urls: 'allowed' | 'forbidden'): Violation[] {
  const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = rule;
  const missing = verbs.length === 0 ? [required(`${field}.verbs`)] : [];
  if (nonResourceURLs.length === 0)
    return [
      ...missing,
      ...(apiGroups.length === 0 ? [required(`${field}.apiGroups`)] : []),
      ...(resources.length === 0 ? [required(`${field}.resources`)] : []),
    ];
  const at = `${field}.nonResourceURLs`;
  return [
    ...missing,
    ...(urls === 'forbidden'
      ? [{ field: at, description: 'must not be in a role of a namespace: use a ClusterRole' }]
      : []),
    ...(apiGroups.length + resources.length + resourceNames.length > 0
      ? [{ field: at, description: 'must not stand together with apiGroups, resources or resourceNames' }]
      : []),
  ];
}
