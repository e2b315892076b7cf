import { type Pod, podKind, PodStatus } from '@own-kube/api';
import { defineStrategy, withGeneration } from '../../registry/spec-status';
import { withPodDefaults } from './defaults';
import { qosClass } from './qos-class';
import { checkPodStatus } from './validate-status';
import { checkPodUpdate } from './validate-update';

const defaultGraceSeconds = 30;

/** All that is special about pods. */
export const podStrategy = defineStrategy<Pod>(podKind, {
  withDefaults: withPodDefaults,
  prepareForCreate: (pod) => ({ ...withGeneration(pod, 1), status: firstStatus(pod) }),
  validateUpdate: checkPodUpdate,
  validateStatusUpdate: checkPodStatus,
  selectableFields: ({ spec, status }) => ({
    'spec.nodeName': spec?.nodeName ?? '',
    'spec.restartPolicy': spec?.restartPolicy ?? '',
    'spec.schedulerName': spec?.schedulerName ?? '',
    'spec.serviceAccountName': spec?.serviceAccountName ?? '',
    'spec.hostNetwork': String(spec?.hostNetwork ?? false),
    'status.phase': status?.phase ?? '',
    'status.podIP': status?.podIP ?? '',
    'status.nominatedNodeName': status?.nominatedNodeName ?? '',
  }),
  // Nobody has to end what runs nowhere yet.
  gracePeriodSeconds: ({ spec }, asked) => {
    if (!spec?.nodeName) return 0;
    const grace = asked ?? spec.terminationGracePeriodSeconds ?? defaultGraceSeconds;
    return grace < 0 ? 1 : grace;
  },
});

const firstStatus = ({ spec }: Pod): PodStatus =>
  PodStatus.fromPartial({ phase: 'Pending', qosClass: spec && qosClass(spec) });
