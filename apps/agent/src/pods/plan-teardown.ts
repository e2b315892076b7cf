import type { Pod } from '@own-kube/api';
import type { ObservedPod } from './observed';
import { graceSeconds } from './plan-container';
import { planStop } from './plan-stop';
import type { Step } from './steps';

/**
 * Takes a pod away: asks its containers to end (all at once), gives its address back, removes its containers, and at
 * last the object. A pod that the api-server has no more was deleted by force: it gets no time to end.
 */
export function planTeardown(uid: string, pod: Pod | undefined, seen: ObservedPod): Step[] {
  const graceMs = teardownGraceMs(pod);
  const running = seen.instances.filter(({ state }) => state === 'running');
  if (graceMs > 0 && running.length > 0) {
    return running.map((instance) =>
      planStop(instance, seen, { graceMs, reason: 'its pod is being deleted' }),
    );
  }
  const rest = [...planDetach(uid, pod, seen), ...planRemoval(seen, 'its pod was deleted')];
  if (rest.length > 0) return rest;
  return pod ? [{ action: 'deletePodObject', pod }] : [];
}

/** All containers have ended for good: the namespaces and the address are given back, the containers stay for their logs. */
export function planFinished(uid: string, pod: Pod, seen: ObservedPod): Step[] {
  const reason = 'its pod has ended';
  const running = seen.instances.filter(({ state }) => state === 'running');
  if (running.length > 0) {
    return running.map((instance) => planStop(instance, seen, { graceMs: graceSeconds(pod) * 1000, reason }));
  }
  if (seen.sandboxes.length === 0) return [];
  const detach = planDetach(uid, pod, seen);
  return detach.length > 0 ? detach : planRemoval({ ...seen, instances: [] }, reason);
}

const planDetach = (uid: string, pod: Pod | undefined, { network }: ObservedPod): Step[] =>
  network.detached || pod?.spec?.hostNetwork ? [] : [{ action: 'detachNetwork', uid }];

/** How long Docker may take to remove what it is removing, before we look again. */
const removalMs = 500;

/** Forced: whatever still runs is killed by it. */
function planRemoval({ now, sandboxes, instances }: ObservedPod, reason: string): Step[] {
  const removals = [
    ...instances
      .filter(({ state }) => state !== 'removing')
      .map(({ id, container }): Step => ({ action: 'removeContainer', id, container, reason })),
    ...sandboxes
      .filter(({ removing }) => !removing)
      .map(({ id }): Step => ({ action: 'removeSandbox', id, reason })),
  ];
  if (removals.length > 0 || instances.length + sandboxes.length === 0) return removals;
  return [{ action: 'waitUntil', at: now + removalMs, for: 'the removal of its containers' }];
}

function teardownGraceMs(pod: Pod | undefined): number {
  if (!pod) return 0;
  return (pod.metadata?.deletionGracePeriodSeconds ?? graceSeconds(pod)) * 1000;
}
