import { ConfigError } from './environment';
import type { Problem } from './observed';
import type { Step } from './steps';

/** The container that a step is for; '' when it is for the pod as a whole. */
export function subjectOf(step: Step): string {
  switch (step.action) {
    case 'createAndStartContainer':
    case 'pullImage':
      return step.container.name ?? '';
    case 'startContainer':
    case 'killContainer':
    case 'removeContainer':
      return step.container;
    case 'createSandbox':
    case 'removeSandbox':
    case 'attachNetwork':
    case 'detachNetwork':
    case 'deletePodObject':
    case 'waitUntil':
      return '';
  }
}

/** What a failed step means for the pod, in the words that its status uses. */
export function toProblem(step: Step, error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ConfigError) return { reason: 'CreateContainerConfigError', message };
  if (step.action === 'createAndStartContainer') return { reason: 'CreateContainerError', message };
  if (step.action === 'startContainer') return { reason: 'RunContainerError', message };
  return { reason: 'ContainerCreating', message };
}
