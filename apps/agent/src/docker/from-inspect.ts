import type { ContainerInspectInfo } from 'dockerode';
import type { EngineContainer, EngineState } from './engine';

/** What the agent takes from Docker's description of a container. */
export function fromInspect(info: ContainerInspectInfo): EngineContainer {
  const { State, Config, HostConfig } = info;
  return {
    id: info.Id,
    name: info.Name.replace(/^\//, ''),
    labels: Config.Labels,
    state: State.Status as EngineState,
    pid: State.Pid,
    exitCode: State.ExitCode,
    oomKilled: State.OOMKilled,
    error: State.Error,
    createdAt: parseTime(info.Created) ?? 0,
    startedAt: parseTime(State.StartedAt),
    finishedAt: parseTime(State.FinishedAt),
    image: Config.Image,
    imageId: info.Image,
    networkMode: HostConfig.NetworkMode ?? 'default',
    // The types do not know it; it is there where the image or the creator set one.
    stopSignal: (Config as { StopSignal?: string }).StopSignal ?? 'SIGTERM',
  };
}

/** "0001-01-01T00:00:00Z" is how Docker says never. */
function parseTime(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) || ms <= 0 ? undefined : ms;
}
