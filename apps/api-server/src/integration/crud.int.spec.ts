import { Binding, Namespace, Node, Pod } from '@own-kube/api';
import { type ApiClient, createApiClient } from '@own-kube/client';
import { aNode, aPod, type ApiServerFixture, identities, startApiServer } from '@own-kube/testing';

let server: ApiServerFixture;
let admin: ApiClient;

beforeAll(async () => {
  server = await startApiServer();
  admin = await server.client();
});
afterAll(() => server.stop());

const bind = (name: string, node: string) =>
  admin.pods.bind(Binding.fromPartial({ metadata: { name }, target: { kind: 'Node', name: node } }));

describe('pods', () => {
  test('are created with defaults, an identity and a first status', async () => {
    const pod = await admin.pods.create(
      aPod({ name: 'crud', namespace: '', image: 'web:1', phase: 'Running' }),
    );
    expect(pod).toMatchObject({
      metadata: { name: 'crud', namespace: 'default', generation: 1 },
      spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30 },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    });
    expect(pod.spec?.containers[0]?.imagePullPolicy).toBe('IfNotPresent');
    expect(pod.metadata?.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(pod.metadata?.creationTimestamp?.seconds).toBeGreaterThan(1_700_000_000);
    expect(await admin.pods.get({ name: 'crud' })).toEqual(pod);
    await expect(admin.pods.create(aPod({ name: 'crud' }))).rejects.toMatchObject({
      code: 'AlreadyExists',
      message: 'Pod "crud" in namespace "default" already exists.',
    });
  });

  test('get names of their own from a prefix', async () => {
    const create = () => admin.pods.create(aPod({ name: '', metadata: { generateName: 'made-' } }));
    const pods = await Promise.all(Array.from({ length: 20 }, create));
    const names = pods.map(({ metadata }) => metadata?.name ?? '');
    expect(new Set(names).size).toBe(20);
    for (const name of names) expect(name).toMatch(/^made-[a-z0-9]{5}$/);
  });

  test('are bound once', async () => {
    const pod = await admin.pods.create(aPod({ name: 'bound' }));
    const bound = await bind('bound', 'node-1');
    expect(bound.spec?.nodeName).toBe('node-1');
    expect(bound.status?.conditions).toMatchObject([{ type: 'PodScheduled', status: 'True' }]);
    expect(bound.metadata?.uid).toBe(pod.metadata?.uid);
    await expect(bind('bound', 'node-2')).rejects.toMatchObject({
      code: 'Conflict',
      message: expect.stringContaining('already assigned to node "node-1"'),
    });
    await expect(bind('nobody', 'node-1')).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('of many who bind a pod one wins', async () => {
    await admin.pods.create(aPod({ name: 'contested' }));
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => bind('contested', `node-${index}`)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('their spec does not change but for images, their status only through UpdateStatus', async () => {
    const pod = await admin.pods.create(aPod({ name: 'fixed', image: 'a:1' }));
    const changed = Pod.fromPartial({ ...pod, status: { phase: 'Failed' } });
    changed.spec!.containers[0]!.image = 'a:2';
    const updated = await admin.pods.update(changed);
    expect(updated.spec?.containers[0]?.image).toBe('a:2');
    expect(updated.metadata?.generation).toBe(2);
    expect(updated.status?.phase).toBe('Pending');

    updated.spec!.restartPolicy = 'Never';
    updated.spec!.nodeName = 'node-1';
    await expect(admin.pods.update(updated)).rejects.toMatchObject({
      code: 'Invalid',
      violations: [{ field: 'spec.restartPolicy' }, { field: 'spec.nodeName' }],
    });

    const running = Pod.fromPartial({
      metadata: { name: 'fixed' },
      status: { phase: 'Running', podIP: '10.0.0.1' },
    });
    const observed = await admin.pods.updateStatus(running);
    expect(observed).toMatchObject({
      status: { phase: 'Running', podIP: '10.0.0.1' },
      metadata: { generation: 2 },
    });
    expect(observed.spec?.containers[0]?.image).toBe('a:2');
  });

  test('an update that changes nothing is no write', async () => {
    const pod = await admin.pods.create(aPod({ name: 'same', labels: { a: '1', b: '2' } }));
    const again = await admin.pods.update(
      Pod.fromPartial({ ...pod, metadata: { ...pod.metadata, labels: { b: '2', a: '1' } } }),
    );
    expect(again.metadata?.resourceVersion).toBe(pod.metadata?.resourceVersion);
  });

  test('without a node are deleted at once, with one after their grace period', async () => {
    const pod = await admin.pods.create(aPod({ name: 'going', spec: { terminationGracePeriodSeconds: 7 } }));
    await bind('going', 'node-1');
    const going = await admin.pods.delete({ name: 'going' });
    expect(going.metadata?.deletionGracePeriodSeconds).toBe(7);
    expect(going.metadata?.deletionTimestamp).toBeDefined();
    const again = await admin.pods.delete({ name: 'going', gracePeriodSeconds: 60 });
    expect(again.metadata?.resourceVersion).toBe(going.metadata?.resourceVersion);
    const sooner = await admin.pods.delete({ name: 'going', gracePeriodSeconds: 2 });
    expect(sooner.metadata?.deletionGracePeriodSeconds).toBe(2);
    await expect(
      admin.pods.delete({ name: 'going', gracePeriodSeconds: 0, preconditions: { uid: 'another' } }),
    ).rejects.toMatchObject({ code: 'Conflict' });
    const preconditions = { uid: pod.metadata!.uid! };
    await admin.pods.delete({ name: 'going', gracePeriodSeconds: 0, preconditions });
    await expect(admin.pods.get({ name: 'going' })).rejects.toMatchObject({
      code: 'NotFound',
      message: 'Pod "going" in namespace "default" not found.',
    });

    await admin.pods.create(aPod({ name: 'waiting' }));
    await admin.pods.delete({ name: 'waiting' });
    await expect(admin.pods.get({ name: 'waiting' })).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('with finalizers stay until the last is gone', async () => {
    await admin.pods.create(aPod({ name: 'held', metadata: { finalizers: ['example.com/hold'] } }));
    const held = await admin.pods.delete({ name: 'held' });
    expect(held.metadata).toMatchObject({ deletionGracePeriodSeconds: 0, finalizers: ['example.com/hold'] });
    held.metadata!.finalizers = ['example.com/hold', 'example.com/more'];
    await expect(admin.pods.update(held)).rejects.toMatchObject({
      violations: [{ field: 'metadata.finalizers' }],
    });
    held.metadata!.finalizers = [];
    await admin.pods.update(held);
    await expect(admin.pods.get({ name: 'held' })).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('that are wrong are refused with every violation', async () => {
    const pod = aPod({ name: 'Wrong', image: '', spec: { restartPolicy: 'Sometimes' } });
    const refused = admin.pods.create(pod);
    await expect(refused).rejects.toMatchObject({ code: 'Invalid' });
    const { violations } = (await refused.catch((error: unknown) => error)) as {
      violations: { field: string }[];
    };
    expect(violations.map(({ field }) => field).sort()).toEqual([
      'metadata.name',
      'spec.containers[0].image',
      'spec.restartPolicy',
    ]);
  });

  test('with fields that nothing acts on are taken with a warning', async () => {
    const warnings: string[] = [];
    const tls = await server.pki.issue(identities.admin);
    const client = createApiClient({
      address: server.address,
      tls,
      onWarning: (text) => warnings.push(text),
    });
    await client.pods.create(aPod({ name: 'warned', spec: { hostname: 'web', hostPID: true } }));
    client.close();
    expect(warnings.sort()).toEqual([
      'spec.hostPID: is kept, but nothing acts on it yet.',
      'spec.hostname: is kept, but nothing acts on it yet.',
    ]);
  });
});

describe('nodes', () => {
  test('register, report, and are listed', async () => {
    const node = await admin.nodes.create(aNode({ name: 'registered', labels: { zone: 'a' } }));
    expect(node.status?.conditions).toHaveLength(1);
    const addresses = [{ type: 'InternalIP', address: '10.0.0.9' }];
    const reported = await admin.nodes.updateStatus(
      Node.fromPartial({ metadata: node.metadata, spec: { unschedulable: true }, status: { addresses } }),
    );
    expect(reported.status?.addresses).toEqual(addresses);
    expect(reported.spec?.unschedulable).toBeUndefined();
    const { items } = await admin.nodes.list({ labelSelector: 'zone=a' });
    expect(items).toEqual([reported]);
    await admin.nodes.delete({ name: 'registered' });
  });

  test('have no namespace', async () => {
    await expect(
      admin.nodes.create(aNode({ name: 'spaced', metadata: { namespace: 'default' } })),
    ).rejects.toMatchObject({ violations: [{ field: 'metadata.namespace' }] });
  });

  test('keep their podCIDR, and no two have the same, however many want it', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `cidr-${index}`);
    await Promise.all(names.map((name) => admin.nodes.create(aNode({ name }))));
    const claim = async (name: string, podCIDR: string) => {
      const node = await admin.nodes.get({ name });
      return admin.nodes.update(Node.fromPartial({ ...node, spec: { ...node.spec, podCIDR } }));
    };
    const tries = await Promise.allSettled(names.map((name) => claim(name, '10.244.7.0/24')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = tries.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    const winner = names[tries.findIndex(({ status }) => status === 'fulfilled')]!;
    expect(refused.reason).toMatchObject({
      code: 'AlreadyExists',
      message: `spec.podCIDR: 10.244.7.0/24 is taken by nodes ${winner}. Choose another.`,
    });
    await expect(claim(winner, '10.244.8.0/24')).rejects.toMatchObject({ code: 'Invalid' });

    await admin.nodes.delete({ name: winner });
    const next = names.find((name) => name !== winner)!;
    expect((await claim(next, '10.244.7.0/24')).spec?.podCIDRs).toEqual(['10.244.7.0/24']);
  });
});

describe('namespaces', () => {
  test('default and kube-system are there from the start and stay', async () => {
    for (const name of ['default', 'kube-system']) {
      const namespace = await admin.namespaces.get({ name });
      expect(namespace.status?.phase).toBe('Active');
      expect(namespace.metadata?.labels).toEqual({ 'kubernetes.io/metadata.name': name });
      await expect(admin.namespaces.delete({ name })).rejects.toMatchObject({ code: 'FailedPrecondition' });
    }
  });

  test('must exist for objects to be made in them, and be empty to be deleted', async () => {
    await expect(admin.pods.create(aPod({ namespace: 'team' }))).rejects.toMatchObject({
      code: 'NotFound',
      message: expect.stringContaining('Namespace "team" not found'),
    });
    await admin.namespaces.create(Namespace.fromPartial({ metadata: { name: 'team' } }));
    await admin.pods.create(aPod({ name: 'web', namespace: 'team' }));
    await expect(admin.namespaces.delete({ name: 'team' })).rejects.toMatchObject({
      code: 'FailedPrecondition',
      message: 'Namespace "team" is not empty: delete pods team/web first.',
    });
    await admin.pods.delete({ name: 'web', namespace: 'team' });
    await admin.namespaces.delete({ name: 'team' });
    await expect(admin.namespaces.get({ name: 'team' })).rejects.toMatchObject({ code: 'NotFound' });
    await expect(admin.pods.create(aPod({ namespace: 'team' }))).rejects.toMatchObject({ code: 'NotFound' });
  });

  test('a race between deleting a namespace and making objects in it leaves no orphan', async () => {
    for (let round = 0; round < 10; round += 1) {
      const namespace = `race-${round}`;
      await admin.namespaces.create(Namespace.fromPartial({ metadata: { name: namespace } }));
      const [deleted, ...created] = await Promise.allSettled([
        admin.namespaces.delete({ name: namespace }),
        ...['a', 'b', 'c'].map((name) => admin.pods.create(aPod({ name, namespace }))),
      ]);
      const { items } = await admin.pods.list({ namespace });
      expect(items).toHaveLength(created.filter(({ status }) => status === 'fulfilled').length);
      expect(items.length > 0 && deleted.status === 'fulfilled').toBe(false);
    }
  });

  test('that are being deleted take nothing new', async () => {
    await admin.namespaces.create(
      Namespace.fromPartial({ metadata: { name: 'ending', finalizers: ['example.com/hold'] } }),
    );
    const ending = await admin.namespaces.delete({ name: 'ending' });
    expect(ending.status?.phase).toBe('Terminating');
    await expect(admin.pods.create(aPod({ namespace: 'ending' }))).rejects.toMatchObject({
      code: 'FailedPrecondition',
    });
    ending.metadata!.finalizers = [];
    await admin.namespaces.update(ending);
    await expect(admin.namespaces.get({ name: 'ending' })).rejects.toMatchObject({ code: 'NotFound' });
  });
});

describe('optimistic concurrency', () => {
  test('an old resourceVersion is refused with what to do', async () => {
    const pod = await admin.pods.create(aPod({ name: 'stale' }));
    const annotate = (value: string) =>
      admin.pods.update(Pod.fromPartial({ ...pod, metadata: { ...pod.metadata, annotations: { value } } }));
    await annotate('1');
    await expect(annotate('2')).rejects.toMatchObject({
      code: 'Conflict',
      message: expect.stringContaining('has been modified since you read it'),
    });
  });

  test('without a resourceVersion an update overwrites', async () => {
    const pod = await admin.pods.create(aPod({ name: 'blind' }));
    const { resourceVersion: _, ...metadata } = pod.metadata!;
    const write = (value: string) =>
      admin.pods.update(Pod.fromPartial({ ...pod, metadata: { ...metadata, annotations: { value } } }));
    await write('1');
    expect((await write('2')).metadata?.annotations).toEqual({ value: '2' });
  });

  test('many writers that compare and swap lose no update', async () => {
    await admin.pods.create(aPod({ name: 'counter', metadata: { annotations: { count: '0' } } }));
    const increment = async (): Promise<void> => {
      const pod = await admin.pods.get({ name: 'counter', resourceVersion: '0' });
      const count = String(Number(pod.metadata!.annotations['count']) + 1);
      try {
        await admin.pods.update(
          Pod.fromPartial({ ...pod, metadata: { ...pod.metadata, annotations: { count } } }),
        );
      } catch (error) {
        expect(error).toMatchObject({ code: 'Conflict' });
        await increment();
      }
    };
    const writer = async () => {
      for (let i = 0; i < 10; i += 1) await increment();
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    const { metadata } = await admin.pods.get({ name: 'counter' });
    expect(metadata?.annotations['count']).toBe('80');
  });
});
