/** The image that all others are built from: from a registry, or a stand-in of the same name made on this machine. */
import { tryRun } from '../kit/run.ts';
import { say, step } from '../kit/say.ts';
import { makeStandIn } from './stand-in.ts';

export const baseImage = 'node:24-trixie-slim';
const pullTimeoutMs = 300_000;

/** True when the engine has that image. */
export const hasImage = async (image: string): Promise<boolean> =>
  (await tryRun(['docker', 'image', 'inspect', '--format', '{{.Id}}', image])).code === 0;

/** Pulls the image; answers with the reason when no registry gives it. */
async function pull(image: string): Promise<string | undefined> {
  return step(`Pulling ${image}`, async ({ note }) => {
    const args = ['docker', 'pull', image] as const;
    const { code, output } = await tryRun(args, { onLine: note, signal: AbortSignal.timeout(pullTimeoutMs) });
    return code === 0 ? undefined : output.trim().split('\n').at(-1);
  });
}

/** Sees to it that the engine has the base image. */
export async function ensureBaseImage(): Promise<void> {
  if (await hasImage(baseImage)) return;
  const refused = await pull(baseImage);
  if (refused === undefined) return;
  say(`    No registry gives it (${refused}).`);
  say('    A stand-in of that name is made from the packages of Debian trixie and the npm package `node`.');
  await makeStandIn(baseImage);
}
