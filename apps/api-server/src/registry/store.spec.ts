import { type Node, nodeKind, Pod } from '@own-kube/api';
import { aNode, aPod } from '@own-kube/testing';
import { createClaimPicker } from '../claims/claim-picker';
import { nodeStrategy } from '../kinds/nodes/strategy';
import { podStrategy } from '../kinds/pods/strategy';
import { createMemoryStorage } from '../storage/memory/memory-storage';
import type { Entry } from '../storage/storage';
import type { Guard } from './guard';
import { metadataOf } from './spec-status';
import { objectRef } from './object-ref';
import { Store } from './store';

const now = Date.UTC(2026, 0, 1);
const anyNamespace: Guard = {
  condition: { key: '/no-guard', revision: 0 },
  refuse: () => anyNamespace,
};

/** Stores over one store in memory, whose uids and suffixes count up. */
function setUp(suffixes: string[] = []) {
  const storage = createMemoryStorage();
  const stale = new Map<string, Entry>();
  let uids = 0;
  const deps = {
    storage,
    claims: createClaimPicker({ storage, ranges: {}, random: () => 0 }),
    cached: (key: string) => stale.get(key),
    namespaceGuard: async () => anyNamespace,
    now: () => now,
    newUid: () => `uid-${(uids += 1)}`,
    newSuffix: () => suffixes.shift() ?? 'xxxxx',
  };
  const pods = new Store<Pod>({ ...deps, strategy: podStrategy });
  const nodes = new Store<Node>({ ...deps, strategy: nodeStrategy });
  return { storage, stale, pods, nodes };
}

const allowed = () => undefined;
const podRef = (name: string) => objectRef(podStrategy.kind, { name });

test('a new object has what only the server sets, whatever its creator says', async () => {
  const { pods } = setUp();
  const { object } = await pods.create(
    aPod({
      uid: 'mine',
      phase: 'Running',
      metadata: { generation: 9, deletionTimestamp: { seconds: 1 }, deletionGracePeriodSeconds: 5 },
    }),
  );
  expect(object.metadata).toMatchObject({
    uid: 'uid-1',
    generation: 1,
    creationTimestamp: { seconds: now / 1000 },
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
  });
  expect(object.status?.phase).toBe('Pending');
});

test('a made name that is taken is made anew', async () => {
  const { pods } = setUp(['aaaaa', 'aaaaa', 'aaaaa', 'bbbbb']);
  const create = () => pods.create(aPod({ name: '', metadata: { generateName: 'web-' } }));
  expect((await create()).object.metadata?.name).toBe('web-aaaaa');
  expect((await create()).object.metadata?.name).toBe('web-bbbbb');
});

test('a resourceVersion on a new object is refused', async () => {
  const { pods } = setUp();
  await expect(pods.create(aPod({ metadata: { resourceVersion: '1' } }))).rejects.toMatchObject({
    violations: [{ field: 'metadata.resourceVersion' }],
  });
});

test("a stale copy in the cache neither hides another's write nor refuses a good one", async () => {
  const { pods, stale, storage } = setUp();
  const { object, value, revision } = await pods.create(aPod({ name: 'a' }));
  const { key } = podRef('a');
  stale.set(key, { key, value, revision });
  const annotate = (annotations: Record<string, string>, resourceVersion?: string) =>
    pods.update(
      Pod.fromPartial({ ...object, metadata: { ...object.metadata, annotations, resourceVersion } }),
      'spec',
      allowed,
    );
  const second = await annotate({ by: 'one' });
  // It is based on what the cache does not know yet.
  const third = await annotate({ by: 'two' }, String(second.revision));
  expect(third.object.metadata?.annotations).toEqual({ by: 'two' });
  await expect(annotate({ by: 'three' }, String(revision))).rejects.toMatchObject({ code: 'Conflict' });
  await storage.commit({ conditions: [], writes: [{ delete: key }] });
  await expect(annotate({})).rejects.toMatchObject({ code: 'NotFound' });
});

test('what changes nothing is not written', async () => {
  const { pods, storage } = setUp();
  const { object } = await pods.create(aPod({ name: 'a' }));
  const before = await storage.currentRevision();
  await pods.update(object, 'spec', allowed);
  await pods.update(object, 'status', allowed);
  expect(await storage.currentRevision()).toBe(before);
});

test('who may not change it is told before anything else', async () => {
  const { pods } = setUp();
  await pods.create(aPod({ name: 'a' }));
  const denied = () => {
    throw new Error('no');
  };
  await expect(pods.delete(podRef('a'), {}, denied)).rejects.toThrow('no');
});

test('claims go with their object: taken, kept, and given back', async () => {
  const { nodes, storage } = setUp();
  const claims = async () =>
    (await storage.list({ prefix: '/own-kube/claims/' })).entries.map(({ key, value }) => [
      key,
      Buffer.from(value).toString(),
    ]);
  await nodes.create(aNode({ name: 'a', podCIDR: '10.0.1.0/24' }));
  expect(await claims()).toEqual([
    [
      '/own-kube/claims/podcidrs/0/0/0/0/1/0/1/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/1',
      '/own-kube/registry/nodes/a',
    ],
  ]);
  await expect(nodes.create(aNode({ name: 'b', podCIDR: '10.0.1.0/24' }))).rejects.toMatchObject({
    code: 'AlreadyExists',
    message: 'spec.podCIDR: 10.0.1.0/24 is taken by nodes a. Choose another.',
  });
  await nodes.update(aNode({ name: 'a', podCIDR: '10.0.1.0/24', labels: { x: 'y' } }), 'spec', allowed);
  await nodes.delete(objectRef(nodeKind, { name: 'a' }), {}, allowed);
  expect(await claims()).toEqual([]);
});

test('the generation counts changes of the spec, and the beginning of the end', async () => {
  const { pods } = setUp();
  const { object } = await pods.create(aPod({ name: 'a', nodeName: 'n', image: 'a:1' }));
  const generations = [metadataOf(object).generation];
  const step = async (change: Promise<{ object: Pod }>) =>
    generations.push(metadataOf((await change).object).generation);
  const labelled = Pod.fromPartial({ ...object, metadata: { name: 'a', labels: { x: 'y' } } });
  await step(pods.update(labelled, 'spec', allowed));
  const running = Pod.fromPartial({ metadata: { name: 'a' }, status: { phase: 'Running' } });
  await step(pods.update(running, 'status', allowed));
  const changed = Pod.fromPartial(labelled);
  changed.spec!.containers[0]!.image = 'a:2';
  await step(pods.update(changed, 'spec', allowed));
  await step(pods.delete(podRef('a'), {}, allowed));
  expect(generations).toEqual([1, 1, 1, 2, 3]);
});
