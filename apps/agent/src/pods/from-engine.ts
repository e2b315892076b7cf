import type { EngineContainer } from '../docker/engine';
import { label } from './labels';
import type { Instance, Sandbox } from './observed';

/** Splits what the engine has of a pod into sandboxes and containers, the newest of each first. */
export function fromEngine(containers: readonly EngineContainer[]): {
  sandboxes: Sandbox[];
  instances: Instance[];
} {
  const newestFirst = [...containers].sort(
    (a, b) => attemptOf(b) - attemptOf(a) || b.createdAt - a.createdAt,
  );
  const isSandbox = ({ labels }: EngineContainer) => labels[label.type] === 'sandbox';
  return {
    sandboxes: newestFirst.filter(isSandbox).map(toSandbox),
    instances: newestFirst.filter((container) => !isSandbox(container)).map(toInstance),
  };
}

const numberIn = ({ labels }: EngineContainer, name: string): number => Number(labels[name] ?? 0) || 0;
const attemptOf = (container: EngineContainer): number => numberIn(container, label.restartCount);

const toSandbox = (container: EngineContainer): Sandbox => ({
  id: container.id,
  attempt: attemptOf(container),
  running: container.state === 'running',
  removing: container.state === 'removing',
  createdAt: container.createdAt,
  startedAt: container.startedAt,
  finishedAt: container.finishedAt,
});

const toInstance = (container: EngineContainer): Instance => ({
  id: container.id,
  container: container.labels[label.containerName] ?? '',
  attempt: attemptOf(container),
  backOffStep: numberIn(container, label.backOffStep),
  specHash: container.labels[label.specHash] ?? '',
  sandboxId: container.labels[label.sandbox] ?? '',
  state: instanceState(container),
  exitCode: container.exitCode,
  oomKilled: container.oomKilled,
  error: container.state === 'running' ? '' : container.error,
  createdAt: container.createdAt,
  startedAt: container.startedAt,
  finishedAt: container.finishedAt,
  image: container.image,
  imageId: container.imageId,
  stopSignal: container.stopSignal,
});

/** Docker leaves what it could not start as created, with the error beside it. */
function instanceState({ state, error }: EngineContainer): Instance['state'] {
  switch (state) {
    case 'running':
    case 'paused':
    case 'restarting':
      return 'running';
    case 'created':
      return error ? 'ended' : 'created';
    case 'removing':
      return 'removing';
    case 'exited':
    case 'dead':
      return 'ended';
  }
}
