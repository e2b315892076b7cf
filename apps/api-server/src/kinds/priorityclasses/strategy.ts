import { checkOneOf, type PriorityClass, priorityClassKind, type Violation } from '@own-kube/api';
import { countedGenerations, defineDataStrategy } from '../../registry/data-strategy';
import { checkFixed } from '../fixed';

const highestOfUsers = 1_000_000_000;
const systemPrefix = 'system-';

/** The classes of the cluster's own parts, and their values. */
const systemClasses: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** All that is special about PriorityClasses. */
export const priorityClassStrategy = defineDataStrategy<PriorityClass>(priorityClassKind, {
  ...countedGenerations<PriorityClass>(),
  withDefaults: (priority) => ({
    ...priority,
    value: priority.value ?? 0,
    preemptionPolicy: priority.preemptionPolicy || 'PreemptLowerPriority',
  }),
  validate: (priority) => [
    ...checkValue(priority),
    ...checkOneOf(priority.preemptionPolicy, ['Never', 'PreemptLowerPriority'], 'preemptionPolicy'),
  ],
  validateUpdate: (next, current) => [
    ...checkFixed('value', next.value, current.value),
    ...checkFixed('preemptionPolicy', next.preemptionPolicy, current.preemptionPolicy),
  ],
});

function checkValue({ metadata, value = 0 }: PriorityClass): Violation[] {
  const name = metadata?.name ?? '';
  if (name.startsWith(systemPrefix)) {
    const known = systemClasses[name];
    if (known === undefined)
      return [
        {
          field: 'metadata.name',
          description: `must not begin with "${systemPrefix}": only ${Object.keys(systemClasses).join(' and ')} do`,
        },
      ];
    return value === known ? [] : [{ field: 'value', description: `must be ${known} for "${name}"` }];
  }
  return value > highestOfUsers
    ? [{ field: 'value', description: `must be no more than ${highestOfUsers}; the cluster's own are above` }]
    : [];
}
