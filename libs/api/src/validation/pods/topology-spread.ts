import type { Violation } from '../../errors';
import type { TopologySpreadConstraint } from '../../generated/index.ownkube.core.v1';
import { checkLabelSelector } from '../../selector/label-selector';
import { checkQualifiedName } from '../names';
import { checkOneOf, checkUnique, required } from '../rules';

/** What is wrong with how a workload's pods are to be spread. */
export const checkTopologySpread = (
  constraints: readonly TopologySpreadConstraint[],
  field: string,
): Violation[] => [
  ...constraints.flatMap((constraint, index) => checkConstraint(constraint, `${field}[${index}]`)),
  ...checkUnique(
    constraints,
    ({ topologyKey, whenUnsatisfiable }) => topologyKey && `${topologyKey}, ${whenUnsatisfiable}`,
    { field, key: 'topologyKey' },
  ),
];

function checkConstraint(constraint: TopologySpreadConstraint, field: string): Violation[] {
  const { maxSkew = 0, topologyKey, whenUnsatisfiable, labelSelector, minDomains } = constraint;
  return [
    ...(maxSkew >= 1 ? [] : [{ field: `${field}.maxSkew`, description: 'must be at least 1' }]),
    ...(topologyKey
      ? checkQualifiedName(topologyKey, `${field}.topologyKey`)
      : [required(`${field}.topologyKey`)]),
    ...(whenUnsatisfiable ? [] : [required(`${field}.whenUnsatisfiable`)]),
    ...checkOneOf(whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway'], `${field}.whenUnsatisfiable`),
    ...(labelSelector ? checkLabelSelector(labelSelector, `${field}.labelSelector`) : []),
    ...(minDomains !== undefined && minDomains < 1
      ? [{ field: `${field}.minDomains`, description: 'must be at least 1' }]
      : []),
    ...(minDomains !== undefined && whenUnsatisfiable === 'ScheduleAnyway'
      ? [{ field: `${field}.minDomains`, description: 'needs whenUnsatisfiable: DoNotSchedule' }]
      : []),
    ...(['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const).flatMap((name) =>
      checkOneOf(constraint[name], ['Honor', 'Ignore'], `${field}.${name}`),
    ),
  ];
}
