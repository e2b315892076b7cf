import { readFile, statfs } from 'node:fs/promises';
import { arch, availableParallelism, release, totalmem } from 'node:os';

/** What the machine is. */
export interface Machine {
  readonly cores: number;
  readonly memoryBytes: number;
  readonly kernelVersion: string;
  /** "amd64", "arm64": as Kubernetes names it. */
  readonly architecture: string;
  readonly machineID: string;
  readonly bootID: string;
}

/** How much is left of what pods share with the machine: fractions from 0 to 1. */
export interface Headroom {
  readonly memory: number;
  readonly disk: number;
  readonly processes: number;
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

export async function readMachine(): Promise<Machine> {
  const [machineID, bootID] = await Promise.all([
    readIfThere('/etc/machine-id'),
    readIfThere('/proc/sys/kernel/random/boot_id'),
  ]);
  return {
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    kernelVersion: release(),
    architecture: architectures[arch()] ?? arch(),
    machineID,
    bootID,
  };
}

export async function readHeadroom(): Promise<Headroom> {
  const [meminfo, disk, loadavg, pidMax] = await Promise.all([
    readFile('/proc/meminfo', 'utf8'),
    statfs('/'),
    readFile('/proc/loadavg', 'utf8'),
    readFile('/proc/sys/kernel/pid_max', 'utf8'),
  ]);
  return {
    memory: availableMemory(meminfo),
    disk: disk.blocks === 0 ? 1 : disk.bavail / disk.blocks,
    processes: 1 - runningProcesses(loadavg) / Number(pidMax),
  };
}

/** The part of the memory that is available, from the text of /proc/meminfo. */
export function availableMemory(meminfo: string): number {
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(meminfo)?.[1]);
  return kilobytes('MemAvailable') / kilobytes('MemTotal');
}

/** How many threads there are, from the text of /proc/loadavg: "0.1 0.2 0.3 1/345 6789". */
export const runningProcesses = (loadavg: string): number => Number(/\/(\d+) /.exec(loadavg)?.[1]);

/** Containers often have no machine-id. */
async function readIfThere(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
