import { isConflict, isNotFound, type Pod } from '@own-kube/api';
import type { PodClient } from '@own-kube/client';
import type { Clock } from '@own-kube/process';
import type { ContainerEngine } from '../docker/engine';
import type { AttachSandbox } from '../network/attach-sandbox';
import type { PodNetwork } from '../network/pod-network';
import { buildContainer } from './build-container';
import { buildSandbox, type NodeFacts } from './build-sandbox';
import type { ImagePulls } from './image-pulls';
import type { Records } from './records';
import type { Step, StepOf } from './steps';

export interface ApplyDeps {
  readonly engine: ContainerEngine;
  readonly network: PodNetwork;
  readonly attachSandbox: AttachSandbox;
  readonly client: PodClient;
  readonly pulls: ImagePulls;
  readonly records: Records;
  readonly node: NodeFacts;
  readonly clock: Clock;
}

/** Does one step of a pod. Each may be cut off at any point and done again. */
export type ApplyStep = (uid: string, step: Step, signal: AbortSignal) => Promise<void>;

export function createApplyStep(deps: ApplyDeps): ApplyStep {
  const { engine, network, pulls, records, clock } = deps;
  return async (uid, step, signal) => {
    switch (step.action) {
      case 'createSandbox':
        return createSandbox(deps, step, signal);
      case 'removeSandbox':
        return engine.remove(step.id, signal);
      case 'attachNetwork': {
        const { ip } = await deps.attachSandbox(step.pod, step.sandboxId, signal);
        Object.assign(records.of(uid), {
          address: { sandboxId: step.sandboxId, ip, fresh: true },
          detached: false,
        });
        return;
      }
      case 'detachNetwork':
        await network.detach(step.uid, signal);
        Object.assign(records.of(uid), { address: undefined, detached: true });
        return;
      case 'pullImage': {
        const { container, attempt } = step;
        pulls.start({ uid, container: container.name ?? '', image: container.image ?? '', attempt }, signal);
        return;
      }
      case 'createAndStartContainer': {
        const id = await engine.create(buildContainer(step.pod, step, deps.node), signal);
        return engine.start(id, signal);
      }
      case 'startContainer':
        return engine.start(step.id, signal);
      case 'killContainer': {
        await engine.kill(step.id, step.killSignal, signal);
        const { stops } = records.of(uid);
        if (!stops.has(step.id)) stops.set(step.id, clock.now());
        return;
      }
      case 'removeContainer':
        await engine.remove(step.id, signal);
        records.of(uid).stops.delete(step.id);
        return;
      case 'deletePodObject':
        return deletePodObject(deps.client, step.pod, signal);
      case 'waitUntil':
        return;
    }
  };
}

/** The sandbox image is pulled where the node does not have it: it is the same for all pods, and small. */
async function createSandbox(
  { engine, node }: ApplyDeps,
  { pod, attempt }: StepOf<'createSandbox'>,
  signal: AbortSignal,
): Promise<void> {
  if ((await engine.imageId(node.sandboxImage, signal)) === undefined) {
    await engine.pull(node.sandboxImage, { signal });
  }
  await engine.start(await engine.create(buildSandbox(pod, attempt, node), signal), signal);
}

/** The last thing of a pod. Another of its name may have come meanwhile: that one is left alone. */
async function deletePodObject(client: PodClient, { metadata }: Pod, signal: AbortSignal): Promise<void> {
  const preconditions = { uid: metadata?.uid };
  const { namespace, name } = metadata ?? {};
  try {
    await client.delete({ namespace, name, gracePeriodSeconds: 0, preconditions }, { signal });
  } catch (error) {
    if (!isNotFound(error) && !isConflict(error)) throw error;
  }
}
