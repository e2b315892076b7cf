import type { Violation } from '../../errors';
import type {
  Affinity,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../../generated/index.ownkube.core.v1';
import { checkLabelSelector } from '../../selector/label-selector';
import { checkDns1123Label, checkQualifiedName } from '../names';
import { checkOneOf, required } from '../rules';

const must = 'requiredDuringSchedulingIgnoredDuringExecution';
const should = 'preferredDuringSchedulingIgnoredDuringExecution';

/** What is wrong with where a pod wants to run, and beside whom. */
export function checkAffinity(affinity: Affinity | undefined, field: string): Violation[] {
  if (!affinity) return [];
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity;
  const terms = nodeAffinity?.[must]?.nodeSelectorTerms;
  const at = `${field}.nodeAffinity`;
  return [
    ...(terms?.length === 0 ? [required(`${at}.${must}.nodeSelectorTerms`)] : []),
    ...(terms ?? []).flatMap((term, i) => checkTerm(term, `${at}.${must}.nodeSelectorTerms[${i}]`)),
    ...(nodeAffinity?.[should] ?? []).flatMap(({ weight, preference }, i) => [
      ...checkWeight(weight, `${at}.${should}[${i}].weight`),
      ...checkTerm(preference, `${at}.${should}[${i}].preference`),
    ]),
    ...checkPodTerms(podAffinity, `${field}.podAffinity`),
    ...checkPodTerms(podAntiAffinity, `${field}.podAntiAffinity`),
  ];
}

function checkTerm(term: NodeSelectorTerm | undefined, field: string): Violation[] {
  if (!term) return [required(field)];
  return (['matchExpressions', 'matchFields'] as const).flatMap((list) =>
    term[list].flatMap(({ key = '', operator = '', values }, index) => {
      const at = `${field}.${list}[${index}]`;
      return [
        ...checkQualifiedName(key, `${at}.key`),
        ...(operator ? [] : [required(`${at}.operator`)]),
        ...checkOneOf(operator, ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'], `${at}.operator`),
        ...checkValues(operator, values, `${at}.values`),
      ];
    }),
  );
}

function checkValues(operator: string, values: readonly string[], field: string): Violation[] {
  if (['In', 'NotIn'].includes(operator) && values.length === 0)
    return [{ field, description: `is required when the operator is ${operator}` }];
  if (['Exists', 'DoesNotExist'].includes(operator) && values.length > 0)
    return [{ field, description: `must be empty when the operator is ${operator}` }];
  if (['Gt', 'Lt'].includes(operator) && !(values.length === 1 && /^-?\d+$/.test(values[0]!)))
    return [{ field, description: `must be one integer when the operator is ${operator}` }];
  return [];
}

const checkPodTerms = (affinity: PodAffinity | undefined, field: string): Violation[] =>
  affinity
    ? [
        ...affinity[must].flatMap((term, index) => checkPodTerm(term, `${field}.${must}[${index}]`)),
        ...affinity[should].flatMap(({ weight, podAffinityTerm }, index) => [
          ...checkWeight(weight, `${field}.${should}[${index}].weight`),
          ...checkPodTerm(podAffinityTerm, `${field}.${should}[${index}].podAffinityTerm`),
        ]),
      ]
    : [];

function checkPodTerm(term: PodAffinityTerm | undefined, field: string): Violation[] {
  if (!term) return [required(field)];
  const { topologyKey, labelSelector, namespaceSelector, namespaces } = term;
  return [
    ...(topologyKey
      ? checkQualifiedName(topologyKey, `${field}.topologyKey`)
      : [required(`${field}.topologyKey`)]),
    ...(labelSelector ? checkLabelSelector(labelSelector, `${field}.labelSelector`) : []),
    ...(namespaceSelector ? checkLabelSelector(namespaceSelector, `${field}.namespaceSelector`) : []),
    ...namespaces.flatMap((name, index) => checkDns1123Label(name, `${field}.namespaces[${index}]`)),
  ];
}

const checkWeight = (weight: number | undefined, field: string): Violation[] =>
  weight !== undefined && weight >= 1 && weight <= 100
    ? []
    : [{ field, description: 'must be from 1 to 100' }];
