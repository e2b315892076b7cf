/** Many changes by one command: `ip -batch` goes through all lines, and we learn which of them failed. */
import { ExecError, type Argv, type Exec } from '../exec';

/** A line that the kernel or the command refused. */
export interface LineFailure {
  /** Counted from 0. */
  readonly line: number;
  readonly text: string;
}

/** Runs every line, also after one that failed, and returns the failures. */
export async function runLines(
  exec: Exec,
  argv: Argv,
  lines: readonly string[],
  fds: readonly number[] = [],
): Promise<LineFailure[]> {
  if (lines.length === 0) return [];
  const stdin = lines.map((line) => `${line}\n`).join('');
  try {
    await exec([...argv, '-force', '-batch', '-'], { stdin, fds });
    return [];
  } catch (error) {
    if (!(error instanceof ExecError) || error.exitCode === undefined) throw error;
    const failures = parseFailures(error.stderr);
    if (failures.length === 0) throw error;
    return failures;
  }
}

/** Reads "what the kernel said" + "Command failed -:LINE" pairs. */
export function parseFailures(stderr: string): LineFailure[] {
  const failures: LineFailure[] = [];
  let said: string[] = [];
  for (const text of stderr.split('\n')) {
    const failed = /^Command failed -:(\d+)$/.exec(text);
    if (failed) failures.push({ line: Number(failed[1]) - 1, text: said.join('; ') });
    said = failed ? [] : [...said, text].filter(Boolean);
  }
  return failures;
}

/** Whether a line takes something away. Putting a device into a group is how several are taken away at once. */
const isRemoval = (line: string): boolean => / del | group /.test(line);

const isAbsent = (text: string): boolean =>
  /Cannot find device|No such (device|process|file or directory)/.test(text);

/**
 * The failures as one error that shows the lines they belong to; undefined where there are none. What was to be taken
 * away and is not there is none.
 */
export function failureOf(
  what: string,
  lines: readonly string[],
  failures: readonly LineFailure[],
): Error | undefined {
  const real = failures
    .map(({ line, text }) => ({ line: lines[line] ?? '?', text }))
    .filter(({ line, text }) => !(isRemoval(line) && isAbsent(text)));
  if (real.length === 0) return undefined;
  return new Error(`${what}: ${real.map(({ line, text }) => `\`${line}\`: ${text}`).join('; ')}`);
}

/** Runs every line and fails where one of them really did. */
export async function applyLines(
  exec: Exec,
  argv: Argv,
  lines: readonly string[],
  what: string,
): Promise<void> {
  const failure = failureOf(what, lines, await runLines(exec, argv, lines));
  if (failure) throw failure;
}
