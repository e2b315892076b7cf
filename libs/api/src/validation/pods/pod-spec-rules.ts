/** The rules of a pod's spec that are rarer, or depend on several fields. */
import { isIP } from 'node:net';
import type { Violation } from '../../errors';
import type { PodSpec, Toleration } from '../../generated/index.ownkube.core.v1';
import { checkDns1123Label, checkDns1123Subdomain, checkQualifiedName } from '../names';
import { checkOneOf, checkUnique, required } from '../rules';
import { checkAffinity } from './affinity';
import { checkPodSecurityContext } from './security';
import { checkTopologySpread } from './topology-spread';
import { checkVolumes } from './volumes';

const longestDeadline = 2 ** 31 - 1;

/** See the head of this file. */
export function checkPodSpecRules(spec: PodSpec, field: string): Violation[] {
  return [
    ...checkNames(spec, field),
    ...checkVolumes(spec.volumes, `${field}.volumes`),
    ...checkDeadline(spec.activeDeadlineSeconds, `${field}.activeDeadlineSeconds`),
    ...checkOneOf(
      spec.dnsPolicy,
      ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
      `${field}.dnsPolicy`,
    ),
    ...checkOneOf(spec.preemptionPolicy, ['Never', 'PreemptLowerPriority'], `${field}.preemptionPolicy`),
    ...spec.tolerations.flatMap((item, index) => checkToleration(item, `${field}.tolerations[${index}]`)),
    ...checkAffinity(spec.affinity, `${field}.affinity`),
    ...checkTopologySpread(spec.topologySpreadConstraints, `${field}.topologySpreadConstraints`),
    ...checkPodSecurityContext(spec.securityContext, `${field}.securityContext`),
    ...checkDns(spec, field),
    ...checkUnique(spec.schedulingGates, ({ name }) => name, {
      field: `${field}.schedulingGates`,
      key: 'name',
    }),
    ...spec.hostAliases.flatMap(({ ip = '', hostnames }, index) => [
      ...(isIP(ip)
        ? []
        : [{ field: `${field}.hostAliases[${index}].ip`, description: `"${ip}" must be an IP address` }]),
      ...hostnames.flatMap((name) => checkDns1123Subdomain(name, `${field}.hostAliases[${index}].hostnames`)),
    ]),
  ];
}

function checkNames(spec: PodSpec, field: string): Violation[] {
  const { hostname, subdomain, serviceAccountName, containers, initContainers } = spec;
  const taken = new Set(containers.map(({ name }) => name));
  return [
    ...(hostname ? checkDns1123Label(hostname, `${field}.hostname`) : []),
    ...(subdomain ? checkDns1123Label(subdomain, `${field}.subdomain`) : []),
    ...(serviceAccountName ? checkDns1123Subdomain(serviceAccountName, `${field}.serviceAccountName`) : []),
    ...initContainers.flatMap(({ name }, index) =>
      name && taken.has(name)
        ? [
            {
              field: `${field}.initContainers[${index}].name`,
              description: `"${name}" is also a container's name`,
            },
          ]
        : [],
    ),
    ...spec.imagePullSecrets.flatMap(({ name }, index) =>
      name
        ? checkDns1123Subdomain(name, `${field}.imagePullSecrets[${index}].name`)
        : [required(`${field}.imagePullSecrets[${index}].name`)],
    ),
  ];
}

const checkDeadline = (seconds: number | undefined, field: string): Violation[] =>
  seconds === undefined || (seconds >= 1 && seconds <= longestDeadline)
    ? []
    : [{ field, description: `must be from 1 to ${longestDeadline}` }];

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

const mostNameservers = 3;

function checkDns({ dnsPolicy, dnsConfig }: PodSpec, field: string): Violation[] {
  const nameservers = dnsConfig?.nameservers ?? [];
  const at = `${field}.dnsConfig.nameservers`;
  return [
    ...(dnsPolicy === 'None' && nameservers.length === 0
      ? [{ field: at, description: 'is required when dnsPolicy is None: at least one address' }]
      : []),
    ...(nameservers.length > mostNameservers
      ? [{ field: at, description: `must be no more than ${mostNameservers}` }]
      : []),
    ...nameservers.flatMap((address, index) =>
      isIP(address) ? [] : [{ field: `${at}[${index}]`, description: `"${address}" must be an IP address` }],
    ),
  ];
}
