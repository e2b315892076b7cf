/** Runs suites one after the other and counts. A suite that cannot even run has failed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nxEnv } from '../images/ensure-okube.ts';
import { inRoot } from '../kit/paths.ts';
import { tryRun } from '../kit/run.ts';
import { say, step } from '../kit/say.ts';
import { countJest, type Count, type JestResult } from './count.ts';
import type { Check, JestSuite } from './list-suites.ts';

const env = { ...nxEnv, CI: 'true', FORCE_COLOR: '0' };

/** Runs a check; what it says is shown when it fails. */
export async function runCheck({ name, argv }: Check, signal: AbortSignal): Promise<Count> {
  const started = Date.now();
  const { code, output } = await step(name, ({ note }) => tryRun(argv, { env, onLine: note, signal }));
  if (code !== 0) say(`${output.trimEnd()}\n\n${name} failed (exit code ${code}).`);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, ms: Date.now() - started };
}

async function readResult(file: string): Promise<JestResult | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JestResult;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Runs a jest suite, its report on the terminal. */
export async function runJest({ name, args }: JestSuite, signal: AbortSignal): Promise<Count> {
  const started = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'own-kube-test-'));
  try {
    say(`==> ${name}`);
    const outputFile = join(folder, 'result.json');
    const argv = [inRoot('node_modules/.bin/jest'), ...args, '--ci', '--json', `--outputFile=${outputFile}`];
    const { code } = await tryRun(argv, {
      env,
      onLine: (line) => say(`    ${line}`),
      signal,
      quietStdout: true,
    });
    return { name, ...countJest(await readResult(outputFile), code), ms: Date.now() - started };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
