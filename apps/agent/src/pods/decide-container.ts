import type { Container, ContainerStatus, Pod } from '@own-kube/api';
import { restartAfter } from './back-off';
import type { Instance, ObservedPod, Sandbox } from './observed';
import { specHash } from './spec-hash';

/** What is to become of a container. The plan acts by it and the status tells of it: they cannot disagree. */
export type Decision =
  | { readonly kind: 'keep'; readonly instance: Instance }
  /** Make and start a new one. */
  | { readonly kind: 'start'; readonly attempt: number; readonly backOffStep: number }
  /** It was made, and only has to be started. */
  | { readonly kind: 'startCreated'; readonly instance: Instance }
  | { readonly kind: 'backOff'; readonly until: number }
  /** It runs, and must not: another takes its place when it has ended. */
  | { readonly kind: 'stop'; readonly instance: Instance; readonly reason: string; readonly atOnce: boolean }
  /** It is of no use, and in the way. */
  | { readonly kind: 'discard'; readonly instance: Instance }
  /** It has ended for good. */
  | { readonly kind: 'finished' }
  | { readonly kind: 'removing' };

/** Decides about one container of a pod that is to run in this sandbox (undefined: there is none yet). */
export function decideContainer(
  pod: Pod,
  container: Container,
  { seen, sandbox }: { seen: ObservedPod; sandbox: Sandbox | undefined },
): Decision {
  const newest = seen.instances.find((instance) => instance.container === container.name);
  if (!newest) return decideMissing(pod, container);
  switch (newest.state) {
    case 'removing':
      return { kind: 'removing' };
    case 'running':
      return decideRunning(container, newest, sandbox);
    case 'created':
      return belongs(newest, container, sandbox)
        ? { kind: 'startCreated', instance: newest }
        : { kind: 'discard', instance: newest };
    case 'ended':
      return decideEnded(pod, container, { newest, sandbox, now: seen.now });
  }
}

/** Whether the instance is what the spec asks for, in the sandbox that is the pod's. */
const belongs = (instance: Instance, container: Container, sandbox: Sandbox | undefined): boolean =>
  instance.specHash === specHash(container) && instance.sandboxId === sandbox?.id;

function decideRunning(container: Container, instance: Instance, sandbox: Sandbox | undefined): Decision {
  if (!inSandbox(instance, sandbox)) {
    return { kind: 'stop', instance, reason: 'its sandbox is not there any more', atOnce: true };
  }
  if (instance.specHash !== specHash(container)) {
    return { kind: 'stop', instance, reason: 'its spec has changed', atOnce: false };
  }
  return { kind: 'keep', instance };
}

/** Whether what runs shares the namespaces that the sandbox holds now. */
const inSandbox = (instance: Instance, sandbox: Sandbox | undefined): boolean =>
  sandbox?.running === true && instance.sandboxId === sandbox.id && !startedBefore(instance, sandbox);

/** Who runs for longer than the sandbox joined it in an earlier life: the sandbox was restarted meanwhile. */
export const startedBefore = (instance: Instance, sandbox: Sandbox): boolean =>
  (instance.startedAt ?? 0) < (sandbox.startedAt ?? 0);

function decideEnded(
  pod: Pod,
  container: Container,
  { newest, sandbox, now }: { newest: Instance; sandbox: Sandbox | undefined; now: number },
): Decision {
  if (!isRestarted(pod, newest.exitCode)) return { kind: 'finished' };
  const attempt = newest.attempt + 1;
  if (!belongs(newest, container, sandbox)) return { kind: 'start', attempt, backOffStep: 0 };
  const { at, backOffStep } = restartAfter(newest);
  return now < at ? { kind: 'backOff', until: at } : { kind: 'start', attempt, backOffStep };
}

/** No trace of it on the engine: it never was, or somebody removed it. What was reported of it still counts. */
function decideMissing(pod: Pod, { name }: Container): Decision {
  const reported = pod.status?.containerStatuses.find((status) => status.name === name);
  const exitCode = reported?.state?.terminated?.exitCode;
  if (exitCode !== undefined && !isRestarted(pod, exitCode)) return { kind: 'finished' };
  return { kind: 'start', attempt: attemptAfter(reported), backOffStep: 0 };
}

const attemptAfter = (reported: ContainerStatus | undefined): number =>
  reported?.containerID ? (reported.restartCount ?? 0) + 1 : 0;

/** What the pod's restartPolicy says of a container that ended with this code. */
export function isRestarted({ spec }: Pod, exitCode: number): boolean {
  if (spec?.restartPolicy === 'Never') return false;
  return spec?.restartPolicy !== 'OnFailure' || exitCode !== 0;
}
