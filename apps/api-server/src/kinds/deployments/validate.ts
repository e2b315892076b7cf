import {
  checkOneOf,
  type Deployment,
  DeploymentSpec,
  type DeploymentStrategy,
  type IntOrString,
  type Violation,
} from '@own-kube/api';
import { checkNotNegative } from '../numbers';
import { checkLasting, checkSelector } from '../workloads/template';

/** What is wrong with a Deployment by itself, beyond its template. */
export function checkDeployment({ spec = DeploymentSpec.fromPartial({}) }: Deployment): Violation[] {
  const { replicas, minReadySeconds = 0, revisionHistoryLimit, progressDeadlineSeconds } = spec;
  return [
    ...checkNotNegative({ replicas, minReadySeconds, revisionHistoryLimit, progressDeadlineSeconds }, 'spec'),
    ...(progressDeadlineSeconds !== undefined && progressDeadlineSeconds <= minReadySeconds
      ? [
          {
            field: 'spec.progressDeadlineSeconds',
            description: `must be more than spec.minReadySeconds, ${minReadySeconds}`,
          },
        ]
      : []),
    ...checkSelector(spec.selector, spec.template),
    ...checkLasting(spec.template),
    ...(spec.strategy ? checkStrategy(spec.strategy, 'spec.strategy') : []),
  ];
}

/** What is wrong with what the controller says of a Deployment. */
export function checkDeploymentStatus({ status }: Deployment): Violation[] {
  if (!status) return [];
  const { conditions: _conditions, ...counts } = status;
  return checkNotNegative(counts, 'status');
}

function checkStrategy({ type, rollingUpdate }: DeploymentStrategy, field: string): Violation[] {
  const at = `${field}.rollingUpdate`;
  const violations = checkOneOf(type, ['Recreate', 'RollingUpdate'], `${field}.type`);
  if (!rollingUpdate || violations.length > 0) return violations;
  if (type === 'Recreate') return [{ field: at, description: 'must not be set when the type is Recreate' }];
  const { maxUnavailable, maxSurge } = rollingUpdate;
  return [
    ...checkAmount(maxUnavailable, `${at}.maxUnavailable`),
    ...(percentOf(maxUnavailable) > 100
      ? [{ field: `${at}.maxUnavailable`, description: 'must be no more than 100%' }]
      : []),
    ...checkAmount(maxSurge, `${at}.maxSurge`),
    ...(isNothing(maxUnavailable) && isNothing(maxSurge)
      ? [{ field: `${at}.maxUnavailable`, description: 'must not be 0 when maxSurge is 0' }]
      : []),
  ];
}

const percentOf = (amount: IntOrString | undefined): number =>
  amount?.type === 1 ? Number(/^(\d+)%$/.exec(amount.strVal ?? '')?.[1] ?? 0) : 0;

const isNothing = (amount: IntOrString | undefined): boolean =>
  !amount || (amount.type === 1 ? percentOf(amount) === 0 : !amount.intVal);

/** A number of pods, or a share of them. */
function checkAmount(amount: IntOrString | undefined, field: string): Violation[] {
  if (!amount) return [];
  if (amount.type !== 1)
    return (amount.intVal ?? 0) < 0 ? [{ field, description: 'must not be negative' }] : [];
  return /^\d+%$/.test(amount.strVal ?? '')
    ? []
    : [{ field, description: `"${amount.strVal ?? ''}" must be a number or a share, as "25%"` }];
}
