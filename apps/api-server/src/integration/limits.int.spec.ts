/** One that asks too much holds up itself alone. */
import { type ApiError, ConfigMap, configMapKind, Lease, leaseKind, Node } from '@own-kube/api';
import {
  aNode,
  aPod,
  type ApiServerFixture,
  eventually,
  identities,
  startApiServer,
} from '@own-kube/testing';

let server: ApiServerFixture;
beforeAll(async () => {
  server = await startApiServer({
    settings: {
      maxInFlight: 4,
      maxQueued: 20,
      maxWatches: 3,
      maxObjectBytes: 100_000,
      maxRequestBytes: 200_000,
    },
  });
});
afterAll(() => server.stop());

const map = (name: string, data: Record<string, string> = {}) =>
  ConfigMap.fromPartial({ metadata: { name, namespace: 'default' }, data });

test("a client that floods starves neither a node's heartbeats nor another client", async () => {
  const [flooder, node, other] = await Promise.all([
    server.client({ user: 'flooder', groups: ['system:masters'] }),
    server.client(identities.node('node-1')),
    server.client({ user: 'other', groups: ['system:masters'] }),
  ]);
  await node.nodes.create(aNode({ name: 'node-1' }));
  const leaseOf = (leaseTransitions: number) =>
    Lease.fromPartial({
      metadata: { name: 'node-1', namespace: 'kube-node-lease' },
      spec: { leaseTransitions },
    });
  await node.of(leaseKind).create(leaseOf(0));

  const outcomes = new Map<string, number>();
  let flooding = true;
  const flood = async (worker: number) => {
    for (let turn = 0; flooding; turn++) {
      const outcome = await flooder
        .of(configMapKind)
        .create(map(`flood-${worker}-${turn}`))
        .then(
          () => 'ok',
          (error: unknown) => (error as ApiError).code,
        );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  const workers = Array.from({ length: 40 }, (_, worker) => flood(worker));
  await eventually(() => (outcomes.get('ResourceExhausted') ?? 0) > 0);
  for (let beat = 0; beat < 5; beat++) {
    await node.nodes.updateStatus(
      Node.fromPartial({
        metadata: { name: 'node-1' },
        status: { nodeInfo: { kernelVersion: `beat-${beat}` } },
      }),
    );
    await node.of(leaseKind).update(leaseOf(beat));
    await other.of(configMapKind).create(map(`other-${beat}`));
  }
  flooding = false;
  await Promise.all(workers);
  expect([...outcomes.keys()].sort()).toEqual(['ResourceExhausted', 'ok']);
});

test('too many watches of one identity are refused, and nobody else’s', async () => {
  const client = await server.client({ user: 'watcher', groups: ['system:masters'] });
  await client.pods.create(aPod({ name: 'seen' }));
  const watches = Array.from({ length: 4 }, () => client.pods.watch()[Symbol.asyncIterator]());
  const firsts = await Promise.allSettled(watches.map((watch) => watch.next()));
  expect(firsts.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(firsts.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: {
      code: 'ResourceExhausted',
      message: expect.stringContaining('"watcher" has 3 watches open, and may have 3'),
    },
  });
  const other = (await server.client()).pods.watch()[Symbol.asyncIterator]();
  await other.next();
  await other.return?.();
  await watches[0]!.return?.();
  await watches[1]!.return?.();
  await eventually(async () => {
    const again = client.pods.watch()[Symbol.asyncIterator]();
    const began = await again.next().then(
      () => true,
      () => false,
    );
    await again.return?.();
    return began;
  });
  for (const watch of watches) await watch.return?.();
});

test('what is too large is refused in words', async () => {
  const maps = (await server.client()).of(configMapKind);
  await maps.create(map('fits', { a: 'x'.repeat(90_000) }));
  await expect(maps.create(map('large', { a: 'x'.repeat(150_000) }))).rejects.toMatchObject({
    code: 'ResourceExhausted',
    message: expect.stringMatching(/^configmaps default\/large is too large: \d+ bytes, and at most 0.1 MB/),
  });
  await expect(maps.create(map('huge', { a: 'x'.repeat(500_000) }))).rejects.toMatchObject({
    code: 'ResourceExhausted',
  });
});
