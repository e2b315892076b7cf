import { type ContainerStatus, PodCondition, type Pod, toTime } from '@own-kube/api';
import type { Phase } from './phase';

interface Truth {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

/** The pod's conditions. The time of a condition is that of its last change; one that others wrote stays as it is. */
export function podConditions(
  { status }: Pod,
  { phase, statuses, now }: { phase: Phase; statuses: readonly ContainerStatus[]; now: number },
): PodCondition[] {
  const before = status?.conditions ?? [];
  const ready = readiness(phase, statuses);
  const truths: Truth[] = [
    { type: 'PodScheduled', status: 'True' },
    { type: 'Initialized', status: 'True' },
    { ...ready, type: 'ContainersReady' },
    { ...ready, type: 'Ready' },
  ];
  const ours = truths.map((truth) =>
    toCondition(
      truth,
      before.find(({ type }) => type === truth.type),
      now,
    ),
  );
  const types = new Set(truths.map(({ type }) => type));
  return [...ours, ...before.filter(({ type }) => !types.has(type ?? ''))];
}

function readiness(phase: Phase, statuses: readonly ContainerStatus[]): Omit<Truth, 'type'> {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const unready = statuses.filter(({ ready }) => !ready).map(({ name }) => name);
  if (unready.length === 0) return { status: 'True' };
  const message = `containers with unready status: [${unready.join(' ')}]`;
  return { status: 'False', reason: 'ContainersNotReady', message };
}

const toCondition = (truth: Truth, before: PodCondition | undefined, now: number): PodCondition =>
  PodCondition.fromPartial({
    ...truth,
    lastTransitionTime: before?.status === truth.status ? before.lastTransitionTime : toTime(now),
  });
