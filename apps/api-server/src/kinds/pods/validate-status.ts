import { checkOneOf, checkUnique, type Pod, required, type Violation } from '@own-kube/api';
import { isIP } from 'node:net';

const phases = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'];

/** What is wrong with a status that an agent writes. */
export function checkPodStatus({ status }: Pod): Violation[] {
  if (!status) return [required('status')];
  return [
    ...checkOneOf(status.phase, phases, 'status.phase'),
    ...checkIp(status.podIP, 'status.podIP'),
    ...checkIp(status.hostIP, 'status.hostIP'),
    ...status.podIPs.flatMap(({ ip }, index) => checkIp(ip ?? 'none', `status.podIPs[${index}].ip`)),
    ...status.hostIPs.flatMap(({ ip }, index) => checkIp(ip ?? 'none', `status.hostIPs[${index}].ip`)),
    ...status.conditions.flatMap(({ type, status: value }, index) => [
      ...(type ? [] : [required(`status.conditions[${index}].type`)]),
      ...checkOneOf(value, ['True', 'False', 'Unknown'], `status.conditions[${index}].status`),
    ]),
    ...checkUnique(status.conditions, ({ type }) => type, { field: 'status.conditions', key: 'type' }),
  ];
}

const checkIp = (ip: string | undefined, field: string): Violation[] =>
  !ip || isIP(ip) ? [] : [{ field, description: `"${ip}" must be an IP address` }];
