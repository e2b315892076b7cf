/** The rules of a pod's spec beyond those of libs/api: what depends on several fields, and what is rarer. */
import {
  checkDns1123Label,
  checkDns1123Subdomain,
  checkOneOf,
  checkQualifiedName,
  type Pod,
  type PodSpec,
  required,
  type Toleration,
  type Violation,
} from '@own-kube/api';
import { isIP } from 'node:net';
import { checkContainer } from './validate-container';
import { checkVolumes } from './validate-volumes';

const longestDeadline = 2 ** 31 - 1;

/** Everything that is wrong with a pod by itself, beyond validateObject. */
export function checkPod({ spec }: Pod): Violation[] {
  if (!spec) return [];
  return [
    ...(['containers', 'initContainers'] as const).flatMap((list) =>
      spec[list].flatMap((container, index) => checkContainer(container, `spec.${list}[${index}]`, spec)),
    ),
    ...checkNames(spec),
    ...checkVolumes(spec.volumes, 'spec.volumes'),
    ...checkDeadline(spec.activeDeadlineSeconds),
    ...checkOneOf(
      spec.dnsPolicy,
      ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
      'spec.dnsPolicy',
    ),
    ...checkOneOf(spec.preemptionPolicy, ['Never', 'PreemptLowerPriority'], 'spec.preemptionPolicy'),
    ...spec.tolerations.flatMap((item, index) => checkToleration(item, `spec.tolerations[${index}]`)),
    ...spec.hostAliases.flatMap(({ ip = '', hostnames }, index) => [
      ...(isIP(ip)
        ? []
        : [{ field: `spec.hostAliases[${index}].ip`, description: `"${ip}" must be an IP address` }]),
      ...hostnames.flatMap((name) => checkDns1123Subdomain(name, `spec.hostAliases[${index}].hostnames`)),
    ]),
  ];
}

function checkNames(spec: PodSpec): Violation[] {
  const { hostname, subdomain, serviceAccountName, containers, initContainers } = spec;
  const taken = new Set(containers.map(({ name }) => name));
  return [
    ...(hostname ? checkDns1123Label(hostname, 'spec.hostname') : []),
    ...(subdomain ? checkDns1123Label(subdomain, 'spec.subdomain') : []),
    ...(serviceAccountName ? checkDns1123Subdomain(serviceAccountName, 'spec.serviceAccountName') : []),
    ...initContainers.flatMap(({ name }, index) =>
      name && taken.has(name)
        ? [
            {
              field: `spec.initContainers[${index}].name`,
              description: `"${name}" is also a container's name`,
            },
          ]
        : [],
    ),
    ...spec.imagePullSecrets.flatMap(({ name }, index) =>
      name
        ? checkDns1123Subdomain(name, `spec.imagePullSecrets[${index}].name`)
        : [required(`spec.imagePullSecrets[${index}].name`)],
    ),
  ];
}

const checkDeadline = (seconds: number | undefined): Violation[] =>
  seconds === undefined || (seconds >= 1 && seconds <= longestDeadline)
    ? []
    : [{ field: 'spec.activeDeadlineSeconds', description: `must be from 1 to ${longestDeadline}` }];

function checkToleration(toleration: Toleration, field: string): Violation[] {
  const { key, operator = 'Equal', value, effect, tolerationSeconds } = toleration;
  const violations = [
    ...(key ? checkQualifiedName(key, `${field}.key`) : []),
    ...checkOneOf(operator, ['Equal', 'Exists'], `${field}.operator`),
    ...checkOneOf(effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute'], `${field}.effect`),
  ];
  if (!key && operator !== 'Exists')
    violations.push({ field: `${field}.operator`, description: 'must be Exists when key is empty' });
  if (operator === 'Exists' && value)
    violations.push({ field: `${field}.value`, description: 'must be empty when operator is Exists' });
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    violations.push({
      field: `${field}.effect`,
      description: 'must be NoExecute when tolerationSeconds is set',
    });
  return violations;
}
