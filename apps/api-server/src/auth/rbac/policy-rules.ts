/** What one rule of a role allows. Pure; as upstream has it. */
import type { PolicyRule } from '@own-kube/api';
import type { AccessRequest } from './access-request';

const all = '*';

const hasOrAll = (list: readonly string[], value: string): boolean =>
  list.includes(all) || list.includes(value);

/** Whether a rule's resources have one: "*", "pods", "pods/status", or its subresource of all, "*" + "/status". */
export function coversResource(resources: readonly string[], resource: string): boolean {
  if (hasOrAll(resources, resource)) return true;
  const slash = resource.indexOf('/');
  return slash >= 0 && resources.includes(all + resource.slice(slash));
}

/** Whether a rule allows what is asked. */
export const ruleAllows = (rule: PolicyRule, { verb, apiGroup, resource, name }: AccessRequest): boolean =>
  hasOrAll(rule.verbs, verb) &&
  hasOrAll(rule.apiGroups, apiGroup) &&
  coversResource(rule.resources, resource) &&
  (rule.resourceNames.length === 0 || rule.resourceNames.includes(name));

/** A rule torn into those that allow one thing each: what is to be compared with what somebody has. */
export function* singleRules(rule: PolicyRule): Generator<PolicyRule> {
  const names = rule.resourceNames.length > 0 ? rule.resourceNames.map((name) => [name]) : [[]];
  for (const verb of rule.verbs) {
    for (const apiGroup of rule.apiGroups)
      for (const resource of rule.resources)
        for (const resourceNames of names)
          yield {
            verbs: [verb],
            apiGroups: [apiGroup],
            resources: [resource],
            resourceNames,
            nonResourceURLs: [],
          };
    for (const url of rule.nonResourceURLs)
      yield { verbs: [verb], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [url] };
  }
}

/** Whether one of the owner's rules allows all that a single rule does. */
const isCovered = (owned: readonly PolicyRule[], single: PolicyRule): boolean =>
  owned.some(
    (rule) =>
      hasOrAll(rule.verbs, single.verbs[0]!) &&
      (single.nonResourceURLs.length > 0
        ? coversUrl(rule.nonResourceURLs, single.nonResourceURLs[0]!)
        : hasOrAll(rule.apiGroups, single.apiGroups[0]!) &&
          coversResource(rule.resources, single.resources[0]!) &&
          (rule.resourceNames.length === 0 ||
            (single.resourceNames.length > 0 && rule.resourceNames.includes(single.resourceNames[0]!)))),
  );

const coversUrl = (urls: readonly string[], url: string): boolean =>
  urls.some((own) => own === all || own === url || (own.endsWith(all) && url.startsWith(own.slice(0, -1))));

/** The single rules among those asked for that the owner does not have. */
export const missingRules = (owned: readonly PolicyRule[], asked: readonly PolicyRule[]): PolicyRule[] =>
  asked.flatMap((rule) => [...singleRules(rule)]).filter((single) => !isCovered(owned, single));
