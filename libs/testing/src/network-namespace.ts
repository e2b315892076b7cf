import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlink } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { eventually } from './eventually';
import { processStartTime } from './process-start-time';
import { startProcess } from './test-process';

/** A network namespace of its own, held by a process that sleeps in it, as a pod's is by its sandbox. */
export interface NetworkNamespace extends AsyncDisposable {
  readonly pid: number;
  /** Of the process that holds it: field 22 of /proc/<pid>/stat. */
  readonly startTime: number;
  /** Runs a command in it and returns what it printed; fails with what it complained of. */
  run(command: readonly string[], options?: { input?: string }): Promise<string>;
  /** Ends the process, and with it the namespace and every device in it. */
  remove(): Promise<void>;
}

/** Makes a network namespace whose loopback device is up and which has nothing else. Needs root. */
export async function networkNamespace(): Promise<NetworkNamespace> {
  if (process.getuid?.() !== 0)
    throw new Error('Network namespaces are made by root alone: run the tests as root.');
  const holder = await startProcess({ command: 'unshare', args: ['--net', 'sleep', 'infinity'] });
  const { pid } = holder;
  const remove = () => holder.kill('SIGKILL');
  const run = (command: readonly string[], { input = '' } = {}) => runIn(pid, command, input);
  try {
    const own = await readlink('/proc/self/ns/net');
    await eventually(async () => {
      if (!holder.running()) return true;
      return (await readlink(`/proc/${pid}/ns/net`)) !== own;
    });
    if (!holder.running()) throw new Error(`unshare made no network namespace: ${holder.output()}`);
    await run(['ip', 'link', 'set', 'lo', 'up']);
    const startTime = await processStartTime(pid);
    return { pid, startTime, run, remove, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function runIn(pid: number, command: readonly string[], input: string): Promise<string> {
  const child = spawn('nsenter', ['--net', '--target', String(pid), ...command]);
  // A command that ends without having read its input is no failure of ours.
  child.stdin.on('error', () => undefined).end(input);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'close')) as [number | null];
  const [stdout, stderr] = await output;
  if (code !== 0)
    throw new Error(`${command.join(' ')} (in the namespace of ${pid}): exit ${code}: ${stderr}`);
  return stdout;
}
