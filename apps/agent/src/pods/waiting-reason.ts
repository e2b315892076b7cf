import type { Container, ContainerStateWaiting } from '@own-kube/api';
import type { ImageState, ObservedPod } from './observed';
import { failureShownMs, planImage } from './plan-image';

/** Why a container that is to start has not started. */
export function waitingForStart(
  container: Container,
  attempt: number,
  seen: ObservedPod,
): ContainerStateWaiting {
  const { now, images, problems } = seen;
  const image = images.get(container.name ?? '');
  const plan = planImage(container, image, { attempt, now });
  if (plan.kind === 'refused') return { reason: plan.reason, message: plan.message };
  if (plan.kind !== 'ready') {
    const failed = pullFailure(container, image, now);
    if (failed) return failed;
  }
  const problem = problems.get(container.name ?? '') ?? problems.get('');
  return problem ? { ...problem } : { reason: 'ContainerCreating', message: undefined };
}

/** First that the pull failed and why; after a moment, that the next is waited for. */
function pullFailure({ image }: Container, state: ImageState | undefined, now: number) {
  const pull = state?.pull;
  if (pull?.state !== 'failed') return undefined;
  if (now < pull.failedAt + failureShownMs) return { reason: 'ErrImagePull', message: pull.message };
  return { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image ?? ''}": ${pull.message}` };
}
