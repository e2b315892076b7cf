import type { Container, Pod } from '@own-kube/api';
import { decideContainer } from './decide-container';
import type { ObservedPod, Sandbox } from './observed';
import { planImage } from './plan-image';
import { planStop } from './plan-stop';
import type { Step } from './steps';

/** Where a container is to run. */
export interface Place {
  readonly seen: ObservedPod;
  readonly sandbox: Sandbox;
  readonly podIP: string;
}

/** What to do next for one container, in the pod's sandbox. */
export function planContainer(pod: Pod, container: Container, { seen, sandbox, podIP }: Place): Step[] {
  const name = container.name ?? '';
  const decision = decideContainer(pod, container, { seen, sandbox });
  switch (decision.kind) {
    case 'keep':
    case 'finished':
      return [];
    case 'startCreated':
      return [{ action: 'startContainer', id: decision.instance.id, container: name }];
    case 'start': {
      const { attempt, backOffStep } = decision;
      const start: Step = {
        action: 'createAndStartContainer',
        pod,
        container,
        attempt,
        backOffStep,
        sandboxId: sandbox.id,
        podIP,
      };
      return planStart(pod, container, { seen, attempt, start });
    }
    case 'backOff':
      return [{ action: 'waitUntil', at: decision.until, for: `the back-off of ${name}` }];
    case 'stop': {
      const graceMs = decision.atOnce ? 0 : graceSeconds(pod) * 1000;
      return [planStop(decision.instance, seen, { graceMs, reason: decision.reason })];
    }
    case 'discard': {
      const reason = 'it was made for another sandbox or spec';
      return [{ action: 'removeContainer', id: decision.instance.id, container: name, reason }];
    }
    case 'removing':
      return [{ action: 'waitUntil', at: seen.now + removalMs, for: `the removal of ${name}` }];
  }
}

/** How long Docker may take to remove what it is removing, before we look again. */
const removalMs = 500;

/** Seconds from the first signal to SIGKILL. */
export const graceSeconds = ({ spec }: Pod): number => spec?.terminationGracePeriodSeconds ?? 30;

interface Start {
  readonly seen: ObservedPod;
  readonly attempt: number;
  readonly start: Step;
}

/** The start, or what its image needs first. */
function planStart({ metadata }: Pod, container: Container, { seen, attempt, start }: Start): Step[] {
  const image = planImage(container, seen.images.get(container.name ?? ''), { attempt, now: seen.now });
  switch (image.kind) {
    case 'ready':
      return [start];
    case 'pull':
      return [{ action: 'pullImage', uid: metadata?.uid ?? '', container, attempt }];
    case 'wait':
      if (image.until === undefined) return [];
      return [{ action: 'waitUntil', at: image.until, for: `the next pull for ${container.name ?? ''}` }];
    case 'refused':
      return [];
  }
}
