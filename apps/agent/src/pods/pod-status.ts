import { type Pod, PodStatus, toTime } from '@own-kube/api';
import { podConditions } from './conditions';
import { containerStatus } from './container-status';
import type { ObservedPod } from './observed';
import { podPhase } from './phase';
import { qosClass } from './qos-class';

/**
 * What is to be reported of a pod: from observation alone. Only what observation cannot show any more (the address of
 * a pod that was taken down, the end of a container that was removed) is kept from the last report, which `pod` carries.
 */
export function podStatus(pod: Pod, seen: ObservedPod, nodeIP: string): PodStatus {
  const before = pod.status;
  const statuses = pod.spec?.containers.map((container) => containerStatus(pod, container, seen)) ?? [];
  const phase = podPhase(pod, statuses);
  const podIP = (pod.spec?.hostNetwork ? nodeIP : seen.network.ip) ?? before?.podIP;
  return PodStatus.fromPartial({
    ...before,
    phase,
    conditions: podConditions(pod, { phase, statuses, now: seen.now }),
    hostIP: nodeIP,
    hostIPs: [{ ip: nodeIP }],
    podIP,
    podIPs: podIP ? [{ ip: podIP }] : [],
    startTime: before?.startTime ?? toTime(seen.now),
    containerStatuses: statuses,
    qosClass: before?.qosClass || qosClass(pod.spec),
    observedGeneration: pod.metadata?.generation,
    message: seen.problems.get('')?.message,
  });
}
