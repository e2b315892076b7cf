import { Binding, Namespace, Node, NodesDefinition, Pod, PodsDefinition } from '@own-kube/api';
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

describe('a node', () => {
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
  test('reads, binds, and says why a pod waits', async () => {
    await scheduler.nodes.list();
    await scheduler.pods.updateStatus(status('unbound'));
    await scheduler.pods.bind(binding('unbound', 'node-3'));
  });

  test('does nothing else', async () => {
    await expect(scheduler.pods.delete({ name: 'unbound' })).rejects.toMatchObject(
      denied('system:kube-scheduler', 'delete pods "unbound"'),
    );
    await expect(
      scheduler.namespaces.create(Namespace.fromPartial({ metadata: { name: 'x' } })),
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
