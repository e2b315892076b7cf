import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import type { ContainerLimits, NewContainer } from './engine';

/** The period that CPU limits are counted over, in microseconds. */
const cpuPeriodUs = 100_000;
/** The least that the kernel gives in a period. */
const leastCpuQuotaUs = 1000;

/** What Docker is told to make. Docker never restarts anything: the agent alone supervises. */
export function buildCreateOptions(container: NewContainer): ContainerCreateOptions {
  const { entrypoint, command, env, workingDir, hostname, stopTimeoutSeconds } = container;
  return {
    name: container.name,
    Image: container.image,
    Labels: { ...container.labels },
    ...(entrypoint && { Entrypoint: [...entrypoint] }),
    ...(command && { Cmd: [...command] }),
    ...(env && { Env: [...env] }),
    ...(workingDir && { WorkingDir: workingDir }),
    ...(hostname && { Hostname: hostname }),
    ...(container.stdin && { OpenStdin: true, StdinOnce: container.stdinOnce ?? false }),
    ...(container.tty && { Tty: true }),
    ...(stopTimeoutSeconds !== undefined && { StopTimeout: stopTimeoutSeconds }),
    HostConfig: {
      NetworkMode: container.networkMode,
      IpcMode: container.ipcMode,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
      ...buildLimits(container.limits ?? {}),
    },
  };
}

/**
 * CPU by quota and period: unlike NanoCpus these may ask for more than the machine has, as a pod's limit may.
 * Memory without swap, as pods have it.
 */
function buildLimits({ cpuMillis, cpuShares, memoryBytes }: ContainerLimits): HostConfig {
  return {
    ...(cpuMillis !== undefined && {
      CpuPeriod: cpuPeriodUs,
      CpuQuota: Math.max(leastCpuQuotaUs, Math.round((cpuMillis * cpuPeriodUs) / 1000)),
    }),
    ...(cpuShares !== undefined && { CpuShares: cpuShares }),
    ...(memoryBytes !== undefined && { Memory: memoryBytes, MemorySwap: memoryBytes }),
  };
}
