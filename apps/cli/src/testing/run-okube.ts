import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(__dirname, '../../../..');

/** How a run of okube ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of okube that goes on. */
export interface Running {
  /** Resolves when standard output has all of this text. */
  said(part: string): Promise<void>;
  interrupt(): void;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  readonly config?: string;
  readonly stdin?: string;
  readonly cwd?: string;
}

/** Starts okube by its launcher, as `npx okube` does. Its bundle must be there: `npx nx build cli`. */
export function startOkube(
  args: readonly string[],
  { config, stdin = '', cwd = root }: RunOptions = {},
): Running {
  const child = spawn(process.execPath, [join(root, 'apps/cli/bin/okube.mjs'), ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...(config ? { OWN_KUBE_CONFIG: config } : {}) },
  });
  child.stdin.end(stdin);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr, [code]]): Ended => ({ stdout, stderr, code: code as number | null }),
  );
  return {
    ended,
    interrupt: () => void child.kill('SIGINT'),
    said: async (part) => {
      while (!said.includes(part)) {
        const end = await Promise.race([once(child.stdout, 'data'), ended]);
        if ('code' in end && !said.includes(part))
          throw new Error(
            `okube ended with ${end.code} and never said "${part}":\n${end.stdout}${end.stderr}`,
          );
      }
    },
  };
}

/** Runs okube to its end. */
export const runOkube = (args: readonly string[], options?: RunOptions): Promise<Ended> =>
  startOkube(args, options).ended;
