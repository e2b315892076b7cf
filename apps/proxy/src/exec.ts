/** The one door to system commands: argument lists only, never a shell. */
import { createInterface } from 'node:readline';
import { execa, ExecaError } from 'execa';

/** A command and its arguments. */
export type Argv = readonly [string, ...string[]];

/** How a command is run. */
export interface ExecOptions {
  /** What it reads. A promise starts the command at once and feeds it when the text is there. */
  readonly stdin?: string | Promise<string>;
  /** Ends the command. */
  readonly signal?: AbortSignal;
  /** Descriptors that the command gets as /proc/self/fd/3, 4, ... in this order. */
  readonly fds?: readonly number[];
}

/** What a command printed. */
export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command and resolves with what it printed, or rejects with an ExecError. */
export type Exec = (argv: Argv, options?: ExecOptions) => Promise<ExecResult>;

/** A command that could not be started, was ended, or said no. */
export class ExecError extends Error {
  override readonly name = 'ExecError';

  constructor(
    readonly argv: Argv,
    /** undefined where the command did not come so far. */
    readonly exitCode: number | undefined,
    readonly stderr: string,
    details: { stdin?: string; cause?: unknown } = {},
  ) {
    const outcome = exitCode === undefined ? 'did not run to its end' : `exited with ${exitCode}`;
    super(`\`${formatCommand(argv, details.stdin)}\` ${outcome}: ${stderr.trim() || String(details.cause)}`, {
      cause: details.cause,
    });
  }
}

/** A command as one can paste it into a shell. */
export function formatCommand(argv: Argv, stdin?: string): string {
  const command = argv.map(quote).join(' ');
  return stdin ? `${command} <<'END'\n${stdin.replace(/\n?$/, '\n')}END\n` : command;
}

const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** No command of ours takes long; one that hangs must not hold up the others for ever. */
const timeoutMs = 30_000;

/** Makes an Exec. Every command runs behind the prefix, as ['nsenter', '--net=/run/netns/a'] to run it elsewhere. */
export function createExec({ prefix = [] }: { prefix?: readonly string[] } = {}): Exec {
  return async (argv, { stdin = '', signal, fds = [] } = {}) => {
    const [file, ...args] = [...prefix, ...argv] as [string, ...string[]];
    const child = execa(file, args, {
      // Its types know no descriptor beyond the ninth, it takes any.
      stdio: ['pipe', 'pipe', 'pipe', ...(fds as readonly 3[])],
      timeout: timeoutMs,
      // What was begun is ended also when we end: half a batch helps nobody.
      cleanup: false,
      stripFinalNewline: false,
      ...(signal && { cancelSignal: signal }),
    });
    // The command's own failure says more than the broken pipe it leaves.
    child.stdin.on('error', () => {});
    const fed = Promise.resolve(stdin).then(
      (text) => child.stdin.end(text),
      (error: unknown) => child.kill(error instanceof Error ? error : undefined),
    );
    try {
      const { stdout, stderr } = await child;
      await stdin;
      return { stdout, stderr };
    } catch (error) {
      // Where there was nothing to feed it, that is the error, not the end that it brought.
      const text = await stdin;
      if (!(error instanceof ExecaError)) throw error;
      throw new ExecError([file, ...args], error.exitCode, String(error.stderr ?? ''), {
        stdin: text,
        cause: error,
      });
    } finally {
      await fed;
    }
  };
}

/** A command that goes on and is told one thing after the other. What it prints on standard output is not read. */
export interface Conversation {
  /** Writes to its standard input. */
  say(text: string): void;
  /** The next line of its standard error; undefined when it has ended. */
  hear(): Promise<string | undefined>;
  /** Ends it. */
  end(): void;
}

/** Starts a command that goes on until it is ended. */
export type Converse = (argv: Argv) => Conversation;

/** Makes a Converse. Every command runs behind the prefix, as that of createExec. */
export function createConverse({ prefix = [] }: { prefix?: readonly string[] } = {}): Converse {
  return (argv) => {
    const [file, ...args] = [...prefix, ...argv] as [string, ...string[]];
    const child = execa(file, args, {
      stdio: ['pipe', 'ignore', 'pipe'],
      buffer: false,
      reject: false,
      cleanup: false,
    });
    // Whoever hears it learns that it has ended.
    child.stdin.on('error', () => {});
    const lines = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
    return {
      say: (text) => void child.stdin.write(text),
      hear: async () => {
        const next = await lines.next();
        return next.done ? undefined : next.value;
      },
      end: () => {
        child.stdin.end();
        child.kill();
      },
    };
  };
}
