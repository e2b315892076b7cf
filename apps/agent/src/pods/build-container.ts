import type { Container, Pod } from '@own-kube/api';
import type { NewContainer } from '../docker/engine';
import type { NodeFacts } from './build-sandbox';
import { buildEnvironment } from './environment';
import { expand } from './expand';
import { containerName, label, podLabels } from './labels';
import { buildLimits } from './limits';
import { specHash } from './spec-hash';

/** One attempt at a container. */
export interface ContainerAttempt {
  readonly container: Container;
  /** How many there were before it. */
  readonly attempt: number;
  readonly backOffStep: number;
  readonly sandboxId: string;
  readonly podIP: string;
}

/**
 * A container of the pod, joined to its sandbox.
 * @throws ConfigError where the spec asks for what cannot be had.
 */
export function buildContainer(pod: Pod, what: ContainerAttempt, node: NodeFacts): NewContainer {
  const { container, attempt, backOffStep, sandboxId, podIP } = what;
  const variables = buildEnvironment(pod, container, { podIP, hostIP: node.nodeIP });
  const expanded = (texts: readonly string[]) => texts.map((text) => expand(text, variables));
  return {
    name: containerName(container.name ?? '', pod, attempt),
    image: container.image ?? '',
    labels: {
      ...podLabels(node, pod),
      [label.type]: 'container',
      [label.containerName]: container.name ?? '',
      [label.sandbox]: sandboxId,
      [label.specHash]: specHash(container),
      [label.restartCount]: String(attempt),
      [label.backOffStep]: String(backOffStep),
    },
    ...(container.command.length > 0 && { entrypoint: expanded(container.command) }),
    ...(container.args.length > 0 && { command: expanded(container.args) }),
    ...(container.workingDir && { workingDir: container.workingDir }),
    env: [...variables].map(([name, value]) => `${name}=${value}`),
    stdin: container.stdin ?? false,
    stdinOnce: container.stdinOnce ?? false,
    tty: container.tty ?? false,
    networkMode: pod.spec?.hostNetwork ? node.hostNetwork : `container:${sandboxId}`,
    ipcMode: `container:${sandboxId}`,
    stopTimeoutSeconds: pod.spec?.terminationGracePeriodSeconds ?? 30,
    limits: buildLimits(container.resources),
  };
}
