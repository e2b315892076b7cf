import type { Container } from '@own-kube/api';
import { parseImageRef } from '../docker/image-ref';
import type { ImageState } from './observed';

/** What is between a container and its start, as far as its image goes. */
export type ImagePlan =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pull' }
  | { readonly kind: 'wait'; readonly until: number | undefined }
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string };

/** For so long a failed pull is shown as such, before it is shown as waiting for the next. */
export const failureShownMs = 2000;

/** Whether the container may start with the image as it is, by its imagePullPolicy. */
export function planImage(
  container: Container,
  image: ImageState | undefined,
  { attempt, now }: { attempt: number; now: number },
): ImagePlan {
  const name = container.image ?? '';
  if (!parseImageRef(name)) {
    return { kind: 'refused', reason: 'InvalidImageName', message: `"${name}" is not the name of an image.` };
  }
  if (image?.present && mayUsePresent(container, image, attempt)) return { kind: 'ready' };
  if (pullPolicy(container) === 'Never') {
    const message = `Image "${name}" is not on this node, and imagePullPolicy is Never.`;
    return { kind: 'refused', reason: 'ErrImageNeverPull', message };
  }
  return planPull(image, now);
}

function planPull(image: ImageState | undefined, now: number): ImagePlan {
  const pull = image?.pull;
  if (pull?.state === 'pulling') return { kind: 'wait', until: undefined };
  if (pull?.state !== 'failed' || now >= pull.retryAt) return { kind: 'pull' };
  const shownUntil = pull.failedAt + failureShownMs;
  return { kind: 'wait', until: now < shownUntil ? Math.min(shownUntil, pull.retryAt) : pull.retryAt };
}

/** With the policy Always an image is only good if it was pulled for this very start. */
const mayUsePresent = (container: Container, { pull }: ImageState, attempt: number): boolean =>
  pullPolicy(container) !== 'Always' || (pull?.state === 'pulled' && pull.attempt === attempt);

/** The default is the api-server's too: Always for what may change under its name. */
export function pullPolicy({ image = '', imagePullPolicy }: Container): string {
  return imagePullPolicy || (parseImageRef(image)?.tag === 'latest' ? 'Always' : 'IfNotPresent');
}
