/** Running commands of the machine: by argument list, never through a shell. */
import { spawn } from 'node:child_process';
import { root } from './paths.ts';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Called with each line of either output as it comes. */
  readonly onLine?: (line: string) => void;
  /** Leaves standard output to the result, so that onLine sees standard error alone. */
  readonly quietStdout?: boolean;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** The exit code; 127 when there is no such command, 128 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  /** Both outputs, in the order in which they came. */
  readonly output: string;
}

/** A command that failed: says which one, and ends with the last lines of what it said. */
export class RunError extends Error {
  override name = 'RunError';
  readonly result: RunResult;

  constructor(argv: readonly string[], result: RunResult) {
    const tail = result.output.trimEnd().split('\n').slice(-30).join('\n');
    super(`\`${argv.join(' ')}\` failed with exit code ${result.code}${tail && `:\n${tail}`}`);
    this.result = result;
  }
}

/** Calls back once for each whole line of what it is given. */
function lineSplitter(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split(/\r?\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) onLine(line);
  };
}

/** Runs a command and resolves with what it said, whatever its exit code is. */
export function tryRun(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [command = '', ...args] = argv;
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    signal: options.signal,
  });
  let stdout = '';
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    const onLine = lineSplitter(options.onLine ?? (() => undefined));
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (stream === child.stdout) stdout += text;
      output += text;
      if (stream === child.stderr || !options.quietStdout) onLine(text);
    });
  }
  // A command may end without having read its input.
  child.stdin.on('error', () => undefined).end(options.input);
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ code: 127, stdout, output: `${command}: not found` });
      else reject(error);
    });
    child.on('close', (code) => resolve({ code: code ?? 128, stdout, output }));
  });
}

/** Runs a command and resolves with its standard output, trimmed; rejects with a RunError unless it ends with 0. */
export async function run(argv: readonly string[], options?: RunOptions): Promise<string> {
  const result = await tryRun(argv, options);
  if (result.code !== 0) throw new RunError(argv, result);
  return result.stdout.trim();
}
