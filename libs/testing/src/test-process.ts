import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process that a test started. It never outlives the test's own process, even if that is killed. */
export interface TestProcess {
  readonly pid: number;
  /** Whether it still runs. */
  running(): boolean;
  /** The last lines of its standard output and error. */
  output(): string;
  /** Sends a signal; for one that ends the process, resolves when it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Resolves when it has ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export interface TestProcessOptions {
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
}

const keptOutput = 16_384;
const fleeting = new Set<NodeJS.Signals>(['SIGSTOP', 'SIGCONT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']);

/** Starts a process through setpriv, which makes the kernel kill it when the test's process ends in any way. */
export async function startProcess({ command, args, env }: TestProcessOptions): Promise<TestProcess> {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
    env: env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await once(child, 'spawn');
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptOutput);
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const running = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid!,
    running,
    output: () => output,
    ended,
    kill: async (signal) => {
      if (!running()) return;
      child.kill(signal);
      if (!fleeting.has(signal)) await ended;
    },
  };
}

/** Asks a process to stop, and kills it when it does not within ten seconds. */
export async function stopProcess(child: TestProcess): Promise<void> {
  // A stopped process would never see SIGTERM.
  await child.kill('SIGCONT');
  const timer = setTimeout(() => void child.kill('SIGKILL'), 10_000);
  await child.kill('SIGTERM');
  clearTimeout(timer);
}
