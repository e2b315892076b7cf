import { type ContainerState, type ContainerStatus, fromTime, type Pod } from '@own-kube/api';
import { formatAge } from './age';

/** What kubectl shows of a pod's state: one word for all of its containers. */
export interface PodSummary {
  /** "1/2" */
  readonly ready: string;
  readonly status: string;
  /** "3 (2m ago)" */
  readonly restarts: string;
}

/** Sums a pod up as kubectl does. `now` in milliseconds. */
export function summarisePod(pod: Pod, now: number): PodSummary {
  const { spec, status, metadata } = pod;
  const init = initReason(pod);
  const statuses = init === undefined ? (status?.containerStatuses ?? []) : [];
  const counted = init === undefined ? statuses : (status?.initContainerStatuses ?? []);
  const ready = statuses.filter(isRunning).length;
  const reason = metadata?.deletionTimestamp
    ? deletedReason(pod, init ?? containersReason(pod, statuses))
    : (init ?? containersReason(pod, statuses));
  return {
    ready: `${ready}/${spec?.containers.length ?? 0}`,
    status: reason,
    restarts: formatRestarts(counted, now),
  };
}

/** Why the pod is still being initialised; undefined if it is not. */
function initReason({ spec, status }: Pod): string | undefined {
  const all = status?.initContainerStatuses ?? [];
  const index = all.findIndex(({ state }) => state?.terminated?.exitCode !== 0);
  const current = all[index];
  if (!current) return undefined;
  const { terminated, waiting } = current.state ?? {};
  if (terminated) return `Init:${endReason(terminated)}`;
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
  return `Init:${index}/${spec?.initContainers.length ?? 0}`;
}

function containersReason({ status }: Pod, statuses: readonly ContainerStatus[]): string {
  const gated = conditionOf(status?.conditions, 'PodScheduled')?.reason === 'SchedulingGated';
  const own = gated ? 'SchedulingGated' : status?.reason || status?.phase || 'Unknown';
  // The first container that has something to say speaks for all.
  const reason = statuses.map(stateReason).find((text) => text !== undefined) ?? own;
  if (reason !== 'Completed' || !statuses.some(isRunning)) return reason;
  return conditionOf(status?.conditions, 'Ready')?.status === 'True' ? 'Running' : 'NotReady';
}

function deletedReason({ status }: Pod, reason: string): string {
  if (status?.reason === 'NodeLost') return 'Unknown';
  return ['Succeeded', 'Failed'].includes(status?.phase ?? '') ? reason : 'Terminating';
}

function stateReason({ state }: ContainerStatus): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  return state?.terminated && endReason(state.terminated);
}

const endReason = ({ reason, signal, exitCode = 0 }: NonNullable<ContainerState['terminated']>): string =>
  reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);

const isRunning = ({ ready, state }: ContainerStatus): boolean =>
  ready === true && state?.running !== undefined && !state.waiting?.reason && !state.terminated;

function formatRestarts(statuses: readonly ContainerStatus[], now: number): string {
  const count = statuses.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
  const ends = statuses.flatMap(({ lastState }) => fromTime(lastState?.terminated?.finishedAt) ?? []);
  return count > 0 && ends.length > 0
    ? `${count} (${formatAge(now - Math.max(...ends))} ago)`
    : String(count);
}

const conditionOf = <T extends { type?: string | undefined }>(
  conditions: readonly T[] | undefined,
  type: string,
): T | undefined => conditions?.find((condition) => condition.type === type);
