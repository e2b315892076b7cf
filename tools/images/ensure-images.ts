/** Builds the images that are missing or whose inputs have changed. The hash of the inputs is a label of the image. */
import { root } from '../kit/paths.ts';
import { run, tryRun } from '../kit/run.ts';
import { step, type Step } from '../kit/say.ts';
import { baseImage } from '../setup/base-image.ts';
import { appImages, plainImages, type Image } from './catalog.ts';
import { hashInputs } from './hash-inputs.ts';

const label = 'io.own-kube.inputs';

interface Stale extends Image {
  readonly hash: string;
}

const labelOf = async (tag: string): Promise<string | undefined> => {
  const format = `{{index .Config.Labels "${label}"}}`;
  const { code, stdout } = await tryRun(['docker', 'image', 'inspect', '--format', format, tag]);
  return code === 0 ? stdout.trim() : undefined;
};

/** The images whose label is not the hash of their inputs. */
async function findStale(images: readonly Image[], base: string): Promise<Stale[]> {
  const hashed = await Promise.all(
    images.map(async (image) => {
      const [hash, built] = await Promise.all([hashInputs(root, image.inputs, base), labelOf(image.tag)]);
      return built === hash ? [] : [{ ...image, hash }];
    }),
  );
  return hashed.flat();
}

async function build({ tag, context, dockerfile, target, hash }: Stale, { note }: Step): Promise<void> {
  const args = ['--force-rm', '--tag', tag, '--file', dockerfile, '--build-arg', `INPUTS=${hash}`];
  if (target) args.push('--target', target);
  await run(['docker', 'build', ...args, context], { onLine: (line) => note(`${tag}: ${line}`) });
}

/** In a row: they share the stages that come first, which the second one then finds in the cache. */
async function buildInTurn(images: readonly Stale[], progress: Step): Promise<void> {
  for (const image of images) await build(image, progress);
}

/** Sees to it that all images are there and made of what is in the repository now. */
export async function ensureImages(): Promise<void> {
  const base = await run(['docker', 'image', 'inspect', '--format', '{{.Id}}', baseImage]);
  const [plain, ofApps] = await Promise.all([findStale(plainImages, base), findStale(appImages, base)]);
  const stale = [...plain, ...ofApps];
  if (stale.length === 0) return;
  await step(`Building the images ${stale.map(({ tag }) => tag).join(', ')}`, async (progress) => {
    await Promise.all([...plain.map((image) => build(image, progress)), buildInTurn(ofApps, progress)]);
    // What a tag pointed to before is of no use to anyone.
    await tryRun(['docker', 'image', 'prune', '--force', '--filter', `label=${label}`]);
  });
}
