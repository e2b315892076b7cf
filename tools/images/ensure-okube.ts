/** okube on this machine: its bundle in dist/, which `npx okube` runs, built when its sources have changed. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { inRoot, root } from '../kit/paths.ts';
import { run } from '../kit/run.ts';
import { step } from '../kit/say.ts';
import { appInputs } from './catalog.ts';
import { hashInputs } from './hash-inputs.ts';

/** The bundle of okube. */
export const okubeBundle = inRoot('dist/apps/cli/main.js');
const stamp = inRoot('dist/apps/cli/.inputs');

/** What nx needs to behave where many commands run beside each other. */
export const nxEnv = {
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
};

/** Sees to it that okube's bundle is there and made of what is in the repository now. */
export async function ensureOkube(): Promise<void> {
  const hash = await hashInputs(root, appInputs('cli'), '');
  if (existsSync(okubeBundle) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash) return;
  await step('Building okube', async ({ note }) => {
    await run([inRoot('node_modules/.bin/nx'), 'run', 'cli:build'], { env: nxEnv, onLine: note });
    await writeFile(stamp, hash);
  });
}
