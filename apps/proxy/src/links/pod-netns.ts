/**
 * A pod's network namespace, held by a descriptor. The descriptor is opened first and the process looked at after: if
 * it then is the one that was named, the namespace is its, and stays so for as long as the descriptor is open, whoever
 * gets the pid next.
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { pid as ownPid } from 'node:process';
import { ApiError } from '@own-kube/api';
import { parseStartTime } from './proc-stat';

/** One process for all time. */
export interface ProcessName {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat. */
  readonly startTime: number;
}

/** An open namespace. */
export interface PodNetns {
  readonly fd: number;
  /** Leads every command of ours to the namespace as long as the descriptor is open. */
  readonly path: string;
  close(): Promise<void>;
}

/** Opens the network namespace of a process. FailedPrecondition: it is gone, is another one, or has none of its own. */
export async function openPodNetns(process: ProcessName): Promise<PodNetns> {
  const file = await open(`/proc/${process.pid}/ns/net`).catch((error: NodeJS.ErrnoException) => {
    throw cannotOpen(process, error);
  });
  try {
    await checkProcess(process);
    await checkOwn(process, file);
    const { fd } = file;
    return { fd, path: `/proc/${ownPid}/fd/${fd}`, close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Whether the process that was named still runs. */
export async function isAlive({ pid, startTime }: ProcessName): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return parseStartTime(stat) === startTime;
}

async function checkProcess(process: ProcessName): Promise<void> {
  if (await isAlive(process)) return;
  throw new ApiError(
    'FailedPrecondition',
    `Process ${process.pid} is not the one that started at ${process.startTime}: that one is gone. Start a new sandbox.`,
  );
}

async function checkOwn({ pid }: ProcessName, file: FileHandle): Promise<void> {
  const own = await open('/proc/self/ns/net');
  try {
    const [theirs, ours] = [await file.stat(), await own.stat()];
    if (theirs.ino !== ours.ino || theirs.dev !== ours.dev) return;
  } finally {
    await own.close();
  }
  throw new ApiError(
    'FailedPrecondition',
    `Process ${pid} is in the node's own network namespace: it has none of its own.`,
  );
}

function cannotOpen({ pid }: ProcessName, error: NodeJS.ErrnoException): ApiError {
  const sentence =
    error.code === 'EACCES' || error.code === 'EPERM'
      ? `The network namespace of process ${pid} may not be opened: the proxy needs the capability SYS_PTRACE.`
      : `Process ${pid} is gone. Start a new sandbox.`;
  return new ApiError('FailedPrecondition', sentence, { cause: error });
}
