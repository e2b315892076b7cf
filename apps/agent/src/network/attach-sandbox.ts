import { ApiError, type Pod } from '@own-kube/api';
import type { ContainerEngine } from '../docker/engine';
import type { PodNetwork } from './pod-network';

export interface AttachSandboxDeps {
  readonly engine: ContainerEngine;
  readonly network: PodNetwork;
  /** When a process was started; undefined when there is none of that id. */
  readonly processStartTime: (pid: number) => Promise<number | undefined>;
}

/**
 * Asks the proxy to attach a sandbox.
 * @throws ApiError FailedPrecondition when the sandbox does not run (any more).
 */
export type AttachSandbox = (pod: Pod, sandboxId: string, signal: AbortSignal) => Promise<{ ip: string }>;

export function createAttachSandbox({ engine, network, processStartTime }: AttachSandboxDeps): AttachSandbox {
  const runningPid = async (id: string, signal: AbortSignal): Promise<number> => {
    const sandbox = await engine.inspect(id, signal);
    if (sandbox?.state === 'running' && sandbox.pid > 0) return sandbox.pid;
    throw new ApiError(
      'FailedPrecondition',
      `Sandbox ${id} does not run: it cannot be attached to the pod network.`,
    );
  };

  return async ({ metadata }, sandboxId, signal) => {
    const pid = await runningPid(sandboxId, signal);
    const startTime = await processStartTime(pid);
    // The time is that of the sandbox only if the sandbox still had the pid after it was read.
    if (startTime === undefined || (await runningPid(sandboxId, signal)) !== pid) {
      throw new ApiError(
        'FailedPrecondition',
        `Sandbox ${sandboxId} was restarted while it was being attached.`,
      );
    }
    const { uid = '', namespace = '', name = '' } = metadata ?? {};
    return network.attach(
      { podUid: uid, podNamespace: namespace, podName: name, pid, processStartTime: startTime },
      signal,
    );
  };
}
