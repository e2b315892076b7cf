import type { Instance, ObservedPod } from './observed';
import type { Step } from './steps';

/** How a container is brought to its end. */
export interface Stop {
  /** From the first signal to SIGKILL. 0: SIGKILL at once. */
  readonly graceMs: number;
  readonly reason: string;
}

/** The next thing to do for a running container that is to end: ask, wait, kill. */
export function planStop(instance: Instance, { now, stops }: ObservedPod, { graceMs, reason }: Stop): Step {
  const { id, container } = instance;
  const askedAt = stops.get(id);
  if (graceMs > 0 && askedAt === undefined) {
    return { action: 'killContainer', id, container, killSignal: instance.stopSignal, reason };
  }
  const killAt = (askedAt ?? 0) + graceMs;
  return graceMs > 0 && now < killAt
    ? { action: 'waitUntil', at: killAt, for: `${container} to end` }
    : { action: 'killContainer', id, container, killSignal: 'SIGKILL', reason };
}
