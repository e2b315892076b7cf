import { type Pod, type PodCondition, toTime } from '@own-kube/api';

/**
 * The pod with the condition that says why it has no node. Undefined where it says so already, and where there is
 * nothing to be said any more, because it has a node or is being deleted.
 */
export function withUnschedulable(pod: Pod, message: string, now: number): Pod | undefined {
  if (pod.spec?.nodeName || pod.metadata?.deletionTimestamp) return undefined;
  const conditions = pod.status?.conditions ?? [];
  const old = conditions.find(({ type }) => type === 'PodScheduled');
  const reason = 'Unschedulable';
  if (old?.status === 'False' && old.reason === reason && old.message === message) return undefined;
  const lastTransitionTime = old?.status === 'False' ? old.lastTransitionTime : toTime(now);
  const next: PodCondition = { type: 'PodScheduled', status: 'False', lastTransitionTime, reason, message };
  return {
    ...pod,
    status: {
      ...emptyStatus,
      ...pod.status,
      conditions: [...conditions.filter(({ type }) => type !== 'PodScheduled'), next],
    },
  };
}

const emptyStatus = {
  phase: 'Pending',
  containerStatuses: [],
  initContainerStatuses: [],
  podIPs: [],
  hostIPs: [],
};
