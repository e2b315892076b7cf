import { type DeepPartial, Pod } from '@own-kube/api';
import type { Instance, ObservedPod, Sandbox } from './observed';
import { specHash } from './spec-hash';

/** Builders for the tables of this folder. Times are small numbers of milliseconds; `now` is 1,000,000. */
export const now = 1_000_000;

/** A pod with these containers ("a" alone by default) on this node. */
export const aPod = (shape: DeepPartial<Pod> & { names?: string[] } = {}): Pod => {
  const { names = ['a'], metadata, spec, status } = shape;
  return Pod.fromPartial({
    metadata: { name: 'web', namespace: 'default', uid: 'u1', ...metadata },
    spec: { containers: names.map((name) => ({ name, image: 'web:1' })), nodeName: 'node-1', ...spec },
    status,
  });
};

export const aSandbox = (shape: Partial<Sandbox> = {}): Sandbox => ({
  id: 's1',
  attempt: 0,
  running: true,
  removing: false,
  createdAt: now - 10_000,
  startedAt: now - 10_000,
  finishedAt: undefined,
  ...shape,
});

/** A running first attempt at container "a" in sandbox s1, as aPod() wants it. */
export const anInstance = (shape: Partial<Instance> = {}): Instance => ({
  id: 'c1',
  container: 'a',
  attempt: 0,
  backOffStep: 0,
  specHash: specHash(aPod({ names: [shape.container ?? 'a'] }).spec!.containers[0]!),
  sandboxId: 's1',
  state: 'running',
  exitCode: 0,
  oomKilled: false,
  error: '',
  createdAt: now - 5000,
  startedAt: now - 5000,
  finishedAt: undefined,
  image: 'web:1',
  imageId: 'sha256:1',
  stopSignal: 'SIGTERM',
  ...shape,
});

/** One that ended a second ago. */
export const anEnded = (shape: Partial<Instance> = {}): Instance =>
  anInstance({ state: 'ended', finishedAt: now - 1000, ...shape });

/** A pod whose sandbox runs and has its address, whose images are there, and that has no container yet. */
export const seenPod = (shape: Partial<ObservedPod> = {}): ObservedPod => ({
  now,
  sandboxes: [aSandbox()],
  instances: [],
  network: { ip: '10.244.0.2', fresh: true, detached: false },
  images: new Map(['a', 'b'].map((name) => [name, { present: true }])),
  stops: new Map(),
  problems: new Map(),
  ...shape,
});

export const noNetwork = { ip: undefined, fresh: false, detached: false };
