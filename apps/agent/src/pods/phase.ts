import type { ContainerStatus, Pod } from '@own-kube/api';
import { decideContainer } from './decide-container';
import type { ObservedPod } from './observed';

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

const terminal = new Set(['Succeeded', 'Failed']);

/** Whether the pod has ended for good: it was said so once, or none of its containers will run again. */
export function isTerminal(pod: Pod, seen: ObservedPod): boolean {
  if (terminal.has(pod.status?.phase ?? '')) return true;
  const containers = pod.spec?.containers ?? [];
  const sandbox = seen.sandboxes[0];
  return (
    containers.length > 0 &&
    containers.every((container) => decideContainer(pod, container, { seen, sandbox }).kind === 'finished')
  );
}

/** The pod's phase, by Kubernetes' rules, from the state of its containers. A pod that has ended stays ended. */
export function podPhase({ spec, status }: Pod, statuses: readonly ContainerStatus[]): Phase {
  if (terminal.has(status?.phase ?? '')) return status?.phase as Phase;
  const running = statuses.filter(({ state }) => state?.running);
  const ended = statuses.filter(
    ({ state, lastState }) => state?.terminated ?? (state?.waiting && lastState?.terminated),
  );
  if (running.length + ended.length < statuses.length) return 'Pending';
  if (running.length > 0 || spec?.restartPolicy === 'Always' || !spec?.restartPolicy) return 'Running';
  if (ended.every(({ state }) => state?.terminated?.exitCode === 0)) return 'Succeeded';
  return spec.restartPolicy === 'Never' ? 'Failed' : 'Running';
}
