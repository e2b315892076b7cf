import {
  type ApiError,
  Binding,
  clusterRoleBindingKind,
  ConfigMap,
  configMapKind,
  Lease,
  leaseKind,
  Namespace,
  Node,
  NodesDefinition,
  Pod,
  PodsDefinition,
  Role,
  RoleBinding,
  roleBindingKind,
  roleKind,
  Secret,
  secretKind,
} from '@own-kube/api';
import type { ApiClient } from '@own-kube/client';
import { createChannel, createClient } from '@own-kube/rpc';
import {
  aNode,
  aPod,
  type ApiServerFixture,
  eventually,
  identities,
  startApiServer,
} from '@own-kube/testing';

let server: ApiServerFixture;
let admin: ApiClient;
let node: ApiClient;
let scheduler: ApiClient;
let nobody: ApiClient;

beforeAll(async () => {
  server = await startApiServer();
  admin = await server.client();
  node = await server.client(identities.node('node-1'));
  scheduler = await server.client(identities.scheduler);
  nobody = await server.client({ user: 'mallory' });
  for (const name of ['mine', 'other', 'unbound']) await admin.pods.create(aPod({ name }));
  await scheduler.pods.bind(binding('mine', 'node-1'));
  await scheduler.pods.bind(binding('other', 'node-2'));
});
afterAll(() => server.stop());

const binding = (name: string, target: string) =>
  Binding.fromPartial({ metadata: { name }, target: { name: target } });
const status = (name: string) => Pod.fromPartial({ metadata: { name }, status: { phase: 'Running' } });
const denied = (who: string, what: string) => ({
  code: 'PermissionDenied',
  message: expect.stringMatching(new RegExp(`"${who}".* may not ${what}`)),
});

/** How a call failed; undefined if it did not. */
const code = (call: Promise<unknown>): Promise<string | undefined> =>
  call.then(
    () => undefined,
    (error: unknown) => (error as ApiError).code,
  );

describe('a node', () => {
  test('renews its own lease alone', async () => {
    const leases = node.of(leaseKind);
    const lease = (name: string, namespace = 'kube-node-lease') =>
      Lease.fromPartial({
        metadata: { name, namespace },
        spec: { holderIdentity: name, leaseDurationSeconds: 40 },
      });
    await leases.create(lease('node-1'));
    await leases.update(lease('node-1'));
    await expect(leases.create(lease('node-2'))).rejects.toMatchObject({ code: 'PermissionDenied' });
    await expect(leases.create(lease('node-1', 'default'))).rejects.toMatchObject({
      code: 'PermissionDenied',
    });
  });

  test('reads the secrets that its pods refer to, and no others', async () => {
    for (const name of ['needed', 'private'])
      await admin.of(secretKind).create(Secret.fromPartial({ metadata: { name } }));
    await expect(node.of(secretKind).get({ name: 'needed' })).rejects.toMatchObject(
      denied('system:node:node-1', 'get secrets "needed" in namespace "default"'),
    );
    const volumes = [{ name: 's', volumeSource: { secret: { secretName: 'needed' } } }];
    await admin.pods.create(aPod({ name: 'needs', nodeName: 'node-1', spec: { volumes } }));
    expect((await node.of(secretKind).get({ name: 'needed' })).metadata?.name).toBe('needed');
    const fieldSelector = 'metadata.name=needed';
    expect((await node.of(secretKind).list({ namespace: 'default', fieldSelector })).items).toHaveLength(1);
    for (const denial of [
      node.of(secretKind).get({ name: 'private' }),
      node.of(secretKind).list({ namespace: 'default' }),
      node.of(secretKind).delete({ name: 'needed' }),
    ])
      await expect(denial).rejects.toMatchObject({ code: 'PermissionDenied' });
    await admin.pods.delete({ name: 'needs', gracePeriodSeconds: 0 });
    await eventually(() =>
      code(node.of(secretKind).get({ name: 'needed' })).then((got) => got === 'PermissionDenied'),
    );
  });

  test('reads', async () => {
    expect((await node.pods.list()).items).toHaveLength(3);
    await node.namespaces.get({ name: 'default' });
    await node.nodes.list();
  });

  test('writes about itself alone', async () => {
    await node.nodes.create(aNode({ name: 'node-1' }));
    await node.nodes.updateStatus(Node.fromPartial({ metadata: { name: 'node-1' }, status: {} }));
    await node.nodes.update(aNode({ name: 'node-1', podCIDR: '10.244.1.0/24' }));
    await expect(node.nodes.create(aNode({ name: 'node-2' }))).rejects.toMatchObject(
      denied('system:node:node-1', 'create nodes "node-2"'),
    );
    await expect(node.nodes.delete({ name: 'node-1' })).rejects.toMatchObject(
      denied('system:node:node-1', 'delete nodes "node-1"'),
    );
  });

  test('tends its own pods alone', async () => {
    expect((await node.pods.updateStatus(status('mine'))).status?.phase).toBe('Running');
    for (const name of ['other', 'unbound']) {
      await expect(node.pods.updateStatus(status(name))).rejects.toMatchObject(
        denied('system:node:node-1', `update the status of pods "${name}"`),
      );
      await expect(node.pods.delete({ name, gracePeriodSeconds: 0 })).rejects.toMatchObject({
        code: 'PermissionDenied',
      });
    }
    await expect(node.pods.create(aPod({ name: 'own' }))).rejects.toMatchObject({ code: 'PermissionDenied' });
    await expect(node.pods.bind(binding('unbound', 'node-1'))).rejects.toMatchObject({
      code: 'PermissionDenied',
    });
    await node.pods.delete({ name: 'mine', gracePeriodSeconds: 0 });
  });
});

describe('the scheduler', () => {
  test('reads, binds, says why a pod waits, and preempts', async () => {
    await scheduler.nodes.list();
    await scheduler.pods.updateStatus(status('unbound'));
    await scheduler.pods.bind(binding('unbound', 'node-3'));
    await admin.pods.create(aPod({ name: 'preempted' }));
    await scheduler.pods.delete({ name: 'preempted' });
  });

  test('does nothing else', async () => {
    await expect(scheduler.pods.create(aPod({ name: 'own' }))).rejects.toMatchObject(
      denied('system:kube-scheduler', 'create pods "own" in namespace "default"'),
    );
    await expect(scheduler.of(secretKind).list()).rejects.toMatchObject(
      denied('system:kube-scheduler', 'list secrets'),
    );
    await expect(
      scheduler.namespaces.create(Namespace.fromPartial({ metadata: { name: 'x' } })),
    ).rejects.toMatchObject({ code: 'PermissionDenied' });
  });

  test('owes all of it to its binding', async () => {
    const bindings = admin.of(clusterRoleBindingKind);
    const name = 'system:kube-scheduler';
    const before = await bindings.get({ name });
    await bindings.delete({ name });
    await eventually(() => code(scheduler.nodes.list()).then((got) => got === 'PermissionDenied'));
    await bindings.create({ ...before, metadata: { ...before.metadata!, resourceVersion: undefined } });
    await eventually(() => code(scheduler.nodes.list()).then((got) => got === undefined));
  });
});

describe('roles', () => {
  const role = (name: string, verb: string) =>
    Role.fromPartial({
      metadata: { name },
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: [verb] }],
    });
  const bind = (kind: string, name: string, user: string) =>
    RoleBinding.fromPartial({
      metadata: { name: `${user}-${name}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
    });
  const map = (name: string, namespace = 'default') =>
    ConfigMap.fromPartial({ metadata: { name, namespace } });

  test('give what they say, where they are bound, and a binding that goes takes it back', async () => {
    const eve = (await server.client({ user: 'eve' })).of(configMapKind);
    await expect(eve.create(map('a'))).rejects.toMatchObject({ code: 'PermissionDenied' });
    await admin.of(roleKind).create(role('makes-maps', 'create'));
    await admin.of(roleBindingKind).create(bind('Role', 'makes-maps', 'eve'));
    await eventually(() => code(eve.create(map('a'))).then((got) => got !== 'PermissionDenied'));
    await expect(eve.create(map('a', 'kube-system'))).rejects.toMatchObject(
      denied('eve', 'create configmaps "a" in namespace "kube-system"'),
    );
    await expect(eve.get({ name: 'a' })).rejects.toMatchObject(denied('eve', 'get configmaps "a"'));
    await admin.of(roleBindingKind).delete({ name: 'eve-makes-maps' });
    await eventually(() => code(eve.create(map('b'))).then((got) => got === 'PermissionDenied'));
  });

  test('nobody gives what they do not have', async () => {
    await admin.of(roleBindingKind).create(bind('ClusterRole', 'admin', 'grace'));
    const grace = await server.client({ user: 'grace' });
    await eventually(() => code(grace.of(roleKind).list({ namespace: 'default' })).then((got) => !got));
    await grace.of(roleKind).create(role('deletes-maps', 'delete'));
    await grace.of(roleBindingKind).create(bind('Role', 'deletes-maps', 'heidi'));
    await expect(grace.of(roleKind).create(role('does-all', '*'))).rejects.toMatchObject({
      code: 'PermissionDenied',
      message: expect.stringMatching(/"grace" may not give what it does not have: Role "does-all"/),
    });
    await expect(grace.of(roleKind).update(role('deletes-maps', '*'))).rejects.toMatchObject({
      code: 'PermissionDenied',
    });
    await expect(
      grace.of(roleBindingKind).create(bind('ClusterRole', 'cluster-admin', 'grace')),
    ).rejects.toMatchObject({ code: 'PermissionDenied' });
  });
});

describe('anyone else', () => {
  test('does nothing at all', async () => {
    await expect(nobody.pods.list()).rejects.toMatchObject(denied('mallory', 'list pods'));
    await expect(nobody.pods.watch()[Symbol.asyncIterator]().next()).rejects.toMatchObject(
      denied('mallory', 'watch pods'),
    );
    await expect(nobody.pods.get({ name: 'other' })).rejects.toMatchObject({ code: 'PermissionDenied' });
  });

  test('without a certificate of the cluster nobody gets in', async () => {
    const channel = createChannel({ address: server.address });
    const client = createClient(PodsDefinition, channel);
    await expect(client.list({}, { timeoutMs: 2_000 })).rejects.toMatchObject({ code: 'Unavailable' });
    channel.close();
  });
});

test('each write is in the log: who, what, which object, how it went', async () => {
  await admin.namespaces.create(Namespace.fromPartial({ metadata: { name: 'audited' } }));
  const written = () =>
    server
      .output()
      .split('\n')
      .find((text) => text.includes('"audited"'));
  expect(JSON.parse(await eventually(() => written() ?? false))).toMatchObject({
    message: 'write',
    user: 'admin',
    verb: 'create',
    kind: 'Namespace',
    name: 'audited',
    result: 'ok',
    ms: expect.any(Number),
  });
});

describe('what is no request', () => {
  const call = async (bytes: Uint8Array) => {
    const channel = createChannel({ address: server.address, tls: await server.pki.issue(identities.admin) });
    const raw = { encode: () => ({ finish: () => bytes }), decode: (answer: Uint8Array) => answer };
    const { create } = NodesDefinition.methods;
    const definition = { ...NodesDefinition, methods: { create: { ...create, requestType: raw } } };
    try {
      return await createClient(definition, channel).create(bytes);
    } finally {
      channel.close();
    }
  };

  test('unknown fields are refused with path and number', async () => {
    const pod = Node.encode(aNode({ name: 'strange' })).finish();
    await expect(call(Buffer.concat([pod, Buffer.from([0xfa, 0x01, 0x01, 0x78])]))).rejects.toMatchObject({
      code: 'Invalid',
      message: expect.stringContaining('field number 31 is not known here'),
    });
  });

  test('garbage is refused, and the server lives on', async () => {
    for (const bytes of [
      Buffer.from([0xff]),
      Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]),
      Buffer.alloc(1_000, 0x0a),
      Buffer.from('GET / HTTP/1.1'),
    ])
      await expect(call(bytes)).rejects.toMatchObject({ code: 'Invalid' });
    await expect(call(new Uint8Array())).rejects.toMatchObject({ code: 'Invalid' });
    await admin.nodes.list();
  });

  test('names that are paths reach nothing', async () => {
    for (const request of [{ name: '' }, { name: '../nodes/x' }, { name: 'default/other', namespace: '' }])
      await expect(admin.pods.get(request)).rejects.toMatchObject({
        code: expect.stringMatching(/NotFound|Invalid/),
      });
    await expect(admin.pods.create(aPod({ name: 'a/b' }))).rejects.toMatchObject({ code: 'Invalid' });
  });
});
