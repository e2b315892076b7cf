import type { Pod } from '@own-kube/api';
import { restartAfter } from './back-off';
import { startedBefore } from './decide-container';
import type { Instance, ObservedPod, Sandbox } from './observed';
import { planContainer } from './plan-container';
import { planFinished, planTeardown } from './plan-teardown';
import { isTerminal } from './phase';
import type { Step } from './steps';

/**
 * What to do next for one pod. Returns only what can be done now, all of it independent of each other: the next round
 * sees the rest. `pod` carries the last status that is known; undefined: the api-server has no such pod (any more).
 */
export function planPod(uid: string, pod: Pod | undefined, seen: ObservedPod): Step[] {
  if (!pod || pod.metadata?.deletionTimestamp) return planTeardown(uid, pod, seen);
  if (isTerminal(pod, seen)) return planFinished(uid, pod, seen);
  return [...planSandbox(pod, seen), ...planLeftovers(pod, seen)];
}

function planSandbox(pod: Pod, seen: ObservedPod): Step[] {
  const sandbox = seen.sandboxes[0];
  if (!sandbox || !isIntact(sandbox, seen)) return planNewSandbox(pod, seen);
  const { ip, fresh } = seen.network;
  if (pod.spec?.hostNetwork) return planContainers(pod, { seen, sandbox, podIP: ip ?? '' });
  const attach: Step[] = fresh ? [] : [{ action: 'attachNetwork', pod, sandboxId: sandbox.id }];
  // What once had an address is supervised while the proxy is away; what never had one waits for it.
  return ip === undefined ? attach : [...attach, ...planContainers(pod, { seen, sandbox, podIP: ip })];
}

const planContainers = (pod: Pod, place: Parameters<typeof planContainer>[2]): Step[] =>
  pod.spec?.containers.flatMap((container) => planContainer(pod, container, place)) ?? [];

/** A sandbox that was restarted holds other namespaces than its containers are in: it is not the pod's any more. */
const isIntact = (sandbox: Sandbox, { instances }: ObservedPod): boolean =>
  sandbox.running &&
  !instances.some(
    (instance) =>
      instance.state === 'running' && instance.sandboxId === sandbox.id && startedBefore(instance, sandbox),
  );

/**
 * The pod is made anew: what still runs is killed, the old sandbox's address is given back, and a new sandbox takes its
 * place. One that keeps ending is replaced more and more slowly.
 */
function planNewSandbox(pod: Pod, seen: ObservedPod): Step[] {
  const running = seen.instances.filter(({ state }) => state === 'running');
  const kills = running.map((instance) => kill(instance, 'its sandbox is not there any more'));
  const old = seen.sandboxes[0];
  const hadAddress = old !== undefined || Boolean(pod.status?.podIP);
  if (hadAddress && !seen.network.detached && !pod.spec?.hostNetwork) {
    return [...kills, { action: 'detachNetwork', uid: pod.metadata?.uid ?? '' }];
  }
  const at = old && !old.running ? restartAfter({ ...old, backOffStep: old.attempt }).at : seen.now;
  if (seen.now < at) return [...kills, { action: 'waitUntil', at, for: 'the back-off of the sandbox' }];
  return [...kills, { action: 'createSandbox', pod, attempt: old ? old.attempt + 1 : 0 }];
}

const kill = ({ id, container }: Instance, reason: string): Step => ({
  action: 'killContainer',
  id,
  container,
  killSignal: 'SIGKILL',
  reason,
});

/** Sandboxes before the newest; of each container those before the newest two, of which the older is the last state. */
function planLeftovers(pod: Pod, { sandboxes, instances }: ObservedPod): Step[] {
  const wanted = new Set(
    pod.spec?.containers.flatMap(({ name }) =>
      instances
        .filter(({ container }) => container === name)
        .slice(0, 2)
        .map(({ id }) => id),
    ),
  );
  const left = instances.filter(({ id, state }) => !wanted.has(id) && state !== 'removing');
  return [
    ...sandboxes
      .slice(1)
      .filter(({ removing }) => !removing)
      .map(({ id }): Step => ({ action: 'removeSandbox', id, reason: 'another took its place' })),
    ...left.map(({ id, container }): Step => ({
      action: 'removeContainer',
      id,
      container,
      reason: 'it ended long ago',
    })),
  ];
}
