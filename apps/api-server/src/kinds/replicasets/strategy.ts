import { type ReplicaSet, replicaSetKind, ReplicaSetSpec, type Violation } from '@own-kube/api';
import { defineStrategy } from '../../registry/spec-status';
import { checkFixed } from '../fixed';
import { checkNotNegative } from '../numbers';
import { checkLasting, checkSelector, templateDefaults } from '../workloads/template';

/** All that is special about ReplicaSets. */
export const replicaSetStrategy = defineStrategy<ReplicaSet>(replicaSetKind, {
  withDefaults: (set) => ({ ...set, spec: specDefaults(set.spec ?? ReplicaSetSpec.fromPartial({})) }),
  validate: checkReplicaSet,
  validateUpdate: (next, current) => checkFixed('spec.selector', next.spec?.selector, current.spec?.selector),
  validateStatusUpdate: checkStatus,
  selectableFields: ({ status }) => ({ 'status.replicas': String(status?.replicas ?? 0) }),
});

const specDefaults = (spec: ReplicaSetSpec): ReplicaSetSpec => ({
  ...spec,
  replicas: spec.replicas ?? 1,
  template: templateDefaults(spec.template),
});

function checkReplicaSet({ spec = ReplicaSetSpec.fromPartial({}) }: ReplicaSet): Violation[] {
  const { replicas, minReadySeconds, selector, template } = spec;
  return [
    ...checkNotNegative({ replicas, minReadySeconds }, 'spec'),
    ...checkSelector(selector, template),
    ...checkLasting(template),
  ];
}

function checkStatus({ status }: ReplicaSet): Violation[] {
  if (!status) return [];
  const { replicas = 0, fullyLabeledReplicas, readyReplicas, availableReplicas, observedGeneration } = status;
  const parts = { fullyLabeledReplicas, readyReplicas, availableReplicas };
  return [
    ...checkNotNegative({ replicas, ...parts, observedGeneration }, 'status'),
    ...Object.entries(parts).flatMap(([name, count]) =>
      (count ?? 0) > replicas
        ? [{ field: `status.${name}`, description: `must be no more than status.replicas, ${replicas}` }]
        : [],
    ),
  ];
}
