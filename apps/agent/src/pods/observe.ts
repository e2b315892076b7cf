import type { Container, Pod } from '@own-kube/api';
import type { Clock } from '@own-kube/process';
import type { ContainerEngine } from '../docker/engine';
import type { NodeFacts } from './build-sandbox';
import { fromEngine } from './from-engine';
import type { ImagePulls } from './image-pulls';
import { label, ownerLabels } from './labels';
import type { ImageState, Instance, ObservedNetwork, ObservedPod, Sandbox } from './observed';
import type { PodRecord, Records } from './records';

export interface ObserverOptions {
  readonly engine: ContainerEngine;
  readonly pulls: ImagePulls;
  readonly records: Records;
  readonly node: NodeFacts;
  readonly clock: Clock;
}

/** Looks at a pod: the start of every round. */
export type Observe = (uid: string, pod: Pod | undefined, signal: AbortSignal) => Promise<ObservedPod>;

export function createObserver({ engine, pulls, records, node, clock }: ObserverOptions): Observe {
  const look = async (uid: string, signal: AbortSignal) => {
    const listed = await engine.list({ ...ownerLabels(node), [label.podUid]: uid }, signal);
    const inspected = await Promise.all(listed.map(({ id }) => engine.inspect(id, signal)));
    return fromEngine(inspected.filter((container) => container !== undefined));
  };

  const imageState = async (uid: string, container: Container, signal: AbortSignal): Promise<ImageState> => {
    const image = container.image ?? '';
    const pull = pulls.stateOf({ uid, container: container.name ?? '', image });
    if (pull?.state === 'pulling') return { present: false, pull };
    return { present: image !== '' && (await engine.imageId(image, signal)) !== undefined, pull };
  };

  return async (uid, pod, signal) => {
    const { sandboxes, instances } = await look(uid, signal);
    const startable = pod && !pod.metadata?.deletionTimestamp ? startableContainers(pod, instances) : [];
    const images = await Promise.all(
      startable.map(async (container): Promise<[string, ImageState]> => [
        container.name ?? '',
        await imageState(uid, container, signal),
      ]),
    );
    const record = records.of(uid);
    return {
      now: clock.now(),
      sandboxes,
      instances,
      network: observedNetwork(pod, { sandbox: sandboxes[0], instances, record, nodeIP: node.nodeIP }),
      images: new Map(images),
      stops: record.stops,
      problems: record.problems,
    };
  };
}

/** Those whose image matters in this round. */
const startableContainers = ({ spec }: Pod, instances: readonly Instance[]): Container[] =>
  spec?.containers.filter(
    ({ name }) => instances.find(({ container }) => container === name)?.state !== 'running',
  ) ?? [];

interface NetworkSight {
  readonly sandbox: Sandbox | undefined;
  readonly instances: readonly Instance[];
  readonly record: PodRecord;
  readonly nodeIP: string;
}

/** After a restart of the agent nothing is on record; what joined the sandbox shows that it had its address already. */
function observedNetwork(
  pod: Pod | undefined,
  { sandbox, instances, record: { address, detached }, nodeIP }: NetworkSight,
): ObservedNetwork {
  if (pod?.spec?.hostNetwork) return { ip: nodeIP, fresh: true, detached };
  if (address && address.sandboxId === sandbox?.id) return { ip: address.ip, fresh: address.fresh, detached };
  const wasAttached = sandbox !== undefined && instances.some(({ sandboxId }) => sandboxId === sandbox.id);
  return { ip: wasAttached ? pod?.status?.podIP : undefined, fresh: false, detached };
}
