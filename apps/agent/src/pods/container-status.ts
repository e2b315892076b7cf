import {
  type Container,
  type ContainerState,
  type ContainerStateTerminated,
  type ContainerStatus,
  type Pod,
  toTime,
} from '@own-kube/api';
import { type Decision, decideContainer } from './decide-container';
import type { Instance, ObservedPod } from './observed';
import { pauseMs } from './back-off';
import { waitingForStart } from './waiting-reason';

/** What is seen of one container, in the words of the API. `pod` carries the status that was reported last. */
export function containerStatus(pod: Pod, container: Container, seen: ObservedPod): ContainerStatus {
  const [newest, previous] = seen.instances.filter((instance) => instance.container === container.name);
  const reported = pod.status?.containerStatuses.find(({ name }) => name === container.name);
  if (!newest) return missingStatus(pod, container, { seen, reported });
  const decision = decideContainer(pod, container, { seen, sandbox: seen.sandboxes[0] });
  const state = stateOf(pod, container, { seen, newest, decision });
  // What waits to be started again tells of its last end; what runs or has ended, of the one before.
  const last = state.waiting && newest.state === 'ended' ? newest : previous;
  const running = state.running !== undefined;
  return {
    name: container.name,
    state,
    lastState:
      last && last.state === 'ended' ? { ...noState, terminated: terminated(last) } : reported?.lastState,
    ready: running,
    started: running,
    restartCount: newest.attempt,
    image: newest.image,
    imageID: newest.imageId,
    containerID: `docker://${newest.id}`,
  };
}

const noState: ContainerState = { waiting: undefined, running: undefined, terminated: undefined };

interface Sight {
  readonly seen: ObservedPod;
  readonly newest: Instance;
  readonly decision: Decision;
}

function stateOf(pod: Pod, container: Container, { seen, newest, decision }: Sight): ContainerState {
  if (newest.state === 'running') {
    return { ...noState, running: { startedAt: toTime(newest.startedAt ?? newest.createdAt) } };
  }
  if (newest.state === 'ended' && pod.metadata?.deletionTimestamp)
    return { ...noState, terminated: terminated(newest) };
  if (decision.kind === 'backOff') return { ...noState, waiting: crashLoop(container, newest) };
  const waiting = decision.kind === 'start' ? waitingForStart(container, decision.attempt, seen) : undefined;
  // Between its end and its next start, if nothing is in the way, it is shown as ended.
  if (newest.state === 'ended' && (!waiting || waiting.reason === 'ContainerCreating')) {
    return { ...noState, terminated: terminated(newest) };
  }
  return { ...noState, waiting: waiting ?? waitingForStart(container, newest.attempt, seen) };
}

const crashLoop = ({ name }: Container, { backOffStep }: Instance) => ({
  reason: 'CrashLoopBackOff',
  message: `back-off ${pauseMs(backOffStep) / 1000}s restarting container ${name ?? ''}`,
});

function terminated(instance: Instance): ContainerStateTerminated {
  const { id, exitCode, error, startedAt, finishedAt } = instance;
  return {
    exitCode,
    signal: undefined,
    reason: endReason(instance),
    message: error || undefined,
    startedAt: startedAt === undefined ? undefined : toTime(startedAt),
    finishedAt: finishedAt === undefined ? undefined : toTime(finishedAt),
    containerID: `docker://${id}`,
  };
}

function endReason({ error, oomKilled, exitCode }: Instance): string {
  if (error) return 'StartError';
  if (oomKilled) return 'OOMKilled';
  return exitCode === 0 ? 'Completed' : 'Error';
}

interface Missing {
  readonly seen: ObservedPod;
  readonly reported: ContainerStatus | undefined;
}

/** Nothing on the engine: it was not made yet, or its remains are gone. */
function missingStatus(pod: Pod, container: Container, { seen, reported }: Missing): ContainerStatus {
  const over = Boolean(pod.metadata?.deletionTimestamp) || isOver(pod, container, seen);
  if (reported?.state?.terminated && over) return reported;
  if (reported?.state?.running && over)
    return { ...reported, ready: false, started: false, state: unknownEnd(reported) };
  const ended = reported?.state?.terminated
    ? { ...noState, terminated: reported.state.terminated }
    : undefined;
  return {
    name: container.name,
    state: { ...noState, waiting: waitingForStart(container, reported?.restartCount ?? 0, seen) },
    lastState: ended ?? reported?.lastState,
    ready: false,
    started: false,
    restartCount: reported?.restartCount ?? 0,
    image: container.image,
    imageID: reported?.imageID ?? '',
    containerID: reported?.containerID,
  };
}

const isOver = (pod: Pod, container: Container, seen: ObservedPod): boolean =>
  decideContainer(pod, container, { seen, sandbox: seen.sandboxes[0] }).kind === 'finished';

/** It was seen to run, and never to end: as Kubernetes puts it. */
const unknownEnd = ({ state, containerID }: ContainerStatus): ContainerState => ({
  ...noState,
  terminated: {
    exitCode: 137,
    signal: undefined,
    reason: 'ContainerStatusUnknown',
    message: 'The container was removed before its end was seen.',
    startedAt: state?.running?.startedAt,
    finishedAt: undefined,
    containerID,
  },
});
