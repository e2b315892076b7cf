import type { Deployment } from '@own-kube/api';
import { ConfigMap, configMapKind, deploymentKind, PatchType, Pod } from '@own-kube/api';
import type { ApiClient, KindClient } from '@own-kube/client';
import { aPod, type ApiServerFixture, startApiServer } from '@own-kube/testing';

let server: ApiServerFixture;
let admin: ApiClient;
let deployments: KindClient<Deployment>;
let configMaps: KindClient<ConfigMap>;

beforeAll(async () => {
  server = await startApiServer();
  admin = await server.client();
  deployments = admin.of(deploymentKind);
  configMaps = admin.of(configMapKind);
});
afterAll(() => server.stop());

const { PATCH_TYPE_JSON, PATCH_TYPE_MERGE, PATCH_TYPE_STRATEGIC, PATCH_TYPE_APPLY } = PatchType;

const aDeployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, labels: { app: name } },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ containerPort: 80 }] }] },
    },
  },
});
const aConfigMap = (name: string, data: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const apply = (name: string, patch: object | string, fieldManager: string, force = false) =>
  configMaps.patch({ name, type: PATCH_TYPE_APPLY, patch, fieldManager, force });

describe('a pod', () => {
  beforeAll(() =>
    admin.pods.create(aPod({ name: 'patched', image: 'web:1', metadata: { labels: { a: '1' } } })),
  );

  test('is patched by JSON patch', async () => {
    const pod = await admin.pods.patch({
      name: 'patched',
      type: PATCH_TYPE_JSON,
      patch: [
        { op: 'test', path: '/metadata/labels/a', value: '1' },
        { op: 'add', path: '/metadata/labels/b', value: '2' },
        { op: 'replace', path: '/spec/containers/0/image', value: 'web:2' },
      ],
    });
    expect(pod.metadata).toMatchObject({ labels: { a: '1', b: '2' }, generation: 2 });
    expect(pod.spec?.containers[0]?.image).toBe('web:2');
    expect(await admin.pods.get({ name: 'patched' })).toEqual(pod);
  });

  test('is patched by merge patch', async () => {
    const patch = { metadata: { labels: { a: null, c: '3' } } };
    const pod = await admin.pods.patch({ name: 'patched', type: PATCH_TYPE_MERGE, patch });
    expect(pod.metadata?.labels).toEqual({ b: '2', c: '3' });
    expect(pod.metadata?.generation).toBe(2);
  });

  test('is patched by strategic merge patch', async () => {
    const { containers } = (await admin.pods.get({ name: 'patched' })).spec!;
    const patch = { spec: { containers: [{ name: containers[0]!.name, image: 'web:3' }] } };
    const pod = await admin.pods.patch({ name: 'patched', type: PATCH_TYPE_STRATEGIC, patch });
    expect(pod.spec?.containers).toEqual([{ ...containers[0], image: 'web:3' }]);
  });

  test('has its status patched apart from the rest', async () => {
    const patch = { status: { phase: 'Running' }, spec: { nodeName: 'nowhere' } };
    const pod = await admin.pods.patch({
      name: 'patched',
      type: PATCH_TYPE_MERGE,
      patch,
      subresource: 'status',
    });
    expect(pod.status?.phase).toBe('Running');
    expect(pod.spec?.nodeName).toBeUndefined();
    const again = await admin.pods.patch({
      name: 'patched',
      type: PATCH_TYPE_MERGE,
      patch: { status: { phase: 'Failed' } },
    });
    expect(again).toEqual(pod);
  });

  test('goes with its last finalizer', async () => {
    await admin.pods.create(
      aPod({ name: 'held', metadata: { finalizers: ['example.com/a', 'example.com/b'] } }),
    );
    const held = await admin.pods.delete({ name: 'held', gracePeriodSeconds: 0 });
    expect(held.metadata?.deletionTimestamp).toBeDefined();
    const remove = (...finalizers: string[]) =>
      admin.pods.patch({
        name: 'held',
        type: PATCH_TYPE_STRATEGIC,
        patch: { metadata: { '$deleteFromPrimitiveList/finalizers': finalizers } },
      });
    expect((await remove('example.com/a')).metadata?.finalizers).toEqual(['example.com/b']);
    await remove('example.com/b');
    await expect(admin.pods.get({ name: 'held' })).rejects.toMatchObject({ code: 'NotFound' });
  });

  test.each<[string, PatchType, object | string, object]>([
    [
      'a field that nobody knows',
      PATCH_TYPE_MERGE,
      { spec: { contaners: null } },
      {
        code: 'Invalid',
        violations: [{ field: 'spec.contaners', description: 'unknown field; did you mean "containers"?' }],
      },
    ],
    [
      'it in a strategic patch',
      PATCH_TYPE_STRATEGIC,
      { spec: { x: 1 } },
      { violations: [{ field: 'spec.x' }] },
    ],
    [
      'it in a JSON patch',
      PATCH_TYPE_JSON,
      [{ op: 'add', path: '/spec/x', value: 1 }],
      { violations: [{ field: 'spec.x' }] },
    ],
    [
      'another name',
      PATCH_TYPE_MERGE,
      { metadata: { name: 'x' } },
      { violations: [{ field: 'metadata.name' }] },
    ],
    ['another kind', PATCH_TYPE_MERGE, { kind: 'Node' }, { violations: [{ field: 'kind' }] }],
    [
      'what an update may not change',
      PATCH_TYPE_MERGE,
      { spec: { nodeName: 'a' } },
      { violations: [{ field: 'spec.nodeName' }] },
    ],
    ['no JSON', PATCH_TYPE_MERGE, '{', { code: 'Invalid', message: expect.stringContaining('not JSON') }],
    ['no type', PatchType.PATCH_TYPE_UNSPECIFIED, {}, { violations: [{ field: 'type' }] }],
    ['an old version', PATCH_TYPE_MERGE, { metadata: { resourceVersion: '1' } }, { code: 'Conflict' }],
    ['another uid', PATCH_TYPE_MERGE, { metadata: { uid: 'x' } }, { code: 'Conflict' }],
    [
      'a failed test',
      PATCH_TYPE_JSON,
      [{ op: 'test', path: '/kind', value: 'x' }],
      { violations: [{ field: '[0]' }] },
    ],
  ])('is not patched by %s', async (_name, type, patch, error) => {
    await expect(admin.pods.patch({ name: 'patched', type, patch })).rejects.toMatchObject(error);
  });

  test('that is not there is not patched', async () => {
    await expect(
      admin.pods.patch({ name: 'nobody', type: PATCH_TYPE_MERGE, patch: {} }),
    ).rejects.toMatchObject({ code: 'NotFound', message: 'Pod "nobody" in namespace "default" not found.' });
  });
});

describe('a deployment', () => {
  test('is made by applying it, and patched in every way', async () => {
    const name = 'web';
    const manifest = aDeployment(name);
    const patch = JSON.stringify(manifest);
    const made = await deployments.patch({ name, type: PATCH_TYPE_APPLY, patch, fieldManager: 'me' });
    expect(made.metadata).toMatchObject({
      generation: 1,
      managedFields: [{ manager: 'me', operation: 'Apply' }],
    });
    const again = await deployments.patch({ name, type: PATCH_TYPE_APPLY, patch, fieldManager: 'me' });
    expect(again).toEqual(made);

    const scaled = await deployments.patch({
      name,
      type: PATCH_TYPE_MERGE,
      patch: { spec: { replicas: 3 } },
    });
    expect(scaled).toMatchObject({ spec: { replicas: 3 }, metadata: { generation: 2 } });
    const sidecar = { name: 'sidecar', image: 'sidecar:1' };
    const both = await deployments.patch({
      name,
      type: PATCH_TYPE_STRATEGIC,
      patch: { spec: { template: { spec: { containers: [sidecar] } } } },
    });
    expect(both.spec?.template?.spec?.containers.map((container) => container.name)).toEqual([
      'sidecar',
      'web',
    ]);
    const labelled = await deployments.patch({
      name,
      type: PATCH_TYPE_JSON,
      patch: [{ op: 'add', path: '/metadata/labels/x', value: 'y' }],
    });
    expect(labelled.metadata).toMatchObject({ labels: { app: 'web', x: 'y' }, generation: 3 });

    await expect(
      deployments.patch({ name, type: PATCH_TYPE_APPLY, patch, fieldManager: 'me' }),
    ).rejects.toMatchObject({ code: 'Conflict', message: expect.stringContaining('.spec.replicas') });
  });

  test('has ports with defaults merged by apply', async () => {
    const name = 'ports';
    const manifest = aDeployment(name);
    const type = PATCH_TYPE_APPLY;
    await deployments.patch({ name, type, patch: manifest, fieldManager: 'me' });
    const [container] = manifest.spec.template.spec.containers;
    container!.ports = [{ containerPort: 81 }];
    const { spec } = await deployments.patch({ name, type, patch: manifest, fieldManager: 'me' });
    expect(spec?.template?.spec?.containers[0]?.ports).toMatchObject([
      { containerPort: 81, protocol: 'TCP' },
    ]);
  });
});

describe('two managers', () => {
  test('share an object, and conflict where both mean a field', async () => {
    await apply('shared', aConfigMap('shared', { a: '1', b: '1' }), 'alice');
    const both = await apply('shared', aConfigMap('shared', { b: '1', c: '1' }), 'bob');
    expect(both.data).toEqual({ a: '1', b: '1', c: '1' });
    await expect(apply('shared', aConfigMap('shared', { b: '2', c: '2' }), 'bob')).rejects.toMatchObject({
      code: 'Conflict',
      message: expect.stringContaining('"alice" (Apply) manages .data.b.'),
    });
    const forced = await apply('shared', aConfigMap('shared', { b: '2', c: '2' }), 'bob', true);
    expect(forced.data).toEqual({ a: '1', b: '2', c: '2' });
    // What alice has lost she may leave out: it is bob's, and stays.
    const left = await apply('shared', aConfigMap('shared', {}), 'alice');
    expect(left.data).toEqual({ b: '2', c: '2' });
    const none = await apply('shared', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shared\n', 'bob');
    expect(none.data).toEqual({});
  });

  test('an update counts as one, too', async () => {
    await configMaps.create(ConfigMap.fromPartial({ metadata: { name: 'updated' }, data: { a: '1' } }), {
      fieldManager: 'creator',
    });
    await expect(apply('updated', aConfigMap('updated', { a: '2' }), 'alice')).rejects.toMatchObject({
      message: expect.stringContaining('"creator" (Update) manages .data.a.'),
    });
    const applied = await apply('updated', aConfigMap('updated', { a: '2' }), 'alice', true);
    const updated = await configMaps.update({ ...applied, data: { a: '3' } }, { fieldManager: 'updater' });
    expect(updated.metadata?.managedFields).toMatchObject([{ manager: 'updater', operation: 'Update' }]);
    const raw = JSON.parse(
      Buffer.from(updated.metadata!.managedFields[0]!.fieldsV1!.raw!).toString(),
    ) as unknown;
    expect(raw).toEqual({ 'f:data': { 'f:a': {} } });
  });

  test('an apply names its manager', async () => {
    const patch = aConfigMap('x', {});
    await expect(configMaps.patch({ name: 'x', type: PATCH_TYPE_APPLY, patch })).rejects.toMatchObject({
      violations: [{ field: 'fieldManager' }],
    });
    await expect(apply('x', { ...patch, dta: {} }, 'me')).rejects.toMatchObject({
      violations: [{ field: 'dta' }],
    });
  });

  test('who make the same object at once both have their part', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `m${index}`);
    await Promise.all(names.map((name) => apply('raced', aConfigMap('raced', { [name]: name }), name)));
    const { data, metadata } = await configMaps.get({ name: 'raced' });
    expect(data).toEqual(Object.fromEntries(names.map((name) => [name, name])));
    expect(metadata?.managedFields.map(({ manager }) => manager).toSorted()).toEqual(names);
  });
});

test('patches of many clients at once lose nothing', async () => {
  await configMaps.create(ConfigMap.fromPartial({ metadata: { name: 'busy' } }));
  const labels = Array.from({ length: 32 }, (_, index) => `label-${index}`);
  const clients = await Promise.all(Array.from({ length: 4 }, () => server.client()));
  await Promise.all(
    labels.map((label, index) =>
      clients[index % clients.length]!.of(configMapKind).patch({
        name: 'busy',
        type: [PATCH_TYPE_MERGE, PATCH_TYPE_STRATEGIC][index % 2]!,
        patch: { metadata: { labels: { [label]: 'x' } } },
      }),
    ),
  );
  const { metadata } = await configMaps.get({ name: 'busy' });
  expect(Object.keys(metadata!.labels).toSorted()).toEqual(labels.toSorted());
});

describe('a dry run', () => {
  const dryRun = true;

  test('answers what would be, and writes nothing', async () => {
    const created = await admin.pods.create(aPod({ name: 'dry' }), { dryRun });
    expect(created).toMatchObject({ metadata: { name: 'dry', generation: 1 }, status: { phase: 'Pending' } });
    expect(created.metadata?.resourceVersion).toBeUndefined();
    await expect(admin.pods.get({ name: 'dry' })).rejects.toMatchObject({ code: 'NotFound' });

    const pod = await admin.pods.get({ name: 'patched' });
    const patch = { metadata: { labels: { dry: 'run' } } };
    const patched = await admin.pods.patch({ name: 'patched', type: PATCH_TYPE_MERGE, patch, dryRun });
    expect(patched.metadata).toMatchObject({
      resourceVersion: pod.metadata?.resourceVersion,
      labels: { dry: 'run' },
    });
    const labels = { also: 'dry' };
    await admin.pods.update(Pod.fromPartial({ ...pod, metadata: { ...pod.metadata, labels } }), { dryRun });
    await admin.pods.updateStatus(Pod.fromPartial({ ...pod, status: { phase: 'Failed' } }), { dryRun });
    await admin.pods.delete({ name: 'patched', dryRun });
    await admin.pods.bind(
      { metadata: pod.metadata, target: { kind: 'Node', name: 'node-1' } },
      {
        dryRun,
      },
    );
    const made = { name: 'never', type: PATCH_TYPE_APPLY, patch: aConfigMap('never', { a: '1' }), dryRun };
    expect((await configMaps.patch({ ...made, fieldManager: 'me' })).data).toEqual({ a: '1' });
    await expect(configMaps.get({ name: 'never' })).rejects.toMatchObject({ code: 'NotFound' });
    expect(await admin.pods.get({ name: 'patched' })).toEqual(pod);
  });

  test('refuses what would be refused', async () => {
    await expect(admin.pods.create(aPod({ name: 'patched' }), { dryRun })).rejects.toMatchObject({
      code: 'AlreadyExists',
    });
    await expect(
      admin.pods.create(aPod({ name: 'x', namespace: 'nowhere' }), { dryRun }),
    ).rejects.toMatchObject({ code: 'NotFound' });
    await expect(admin.pods.create(aPod({ name: 'NO' }), { dryRun })).rejects.toMatchObject({
      code: 'Invalid',
    });
    await expect(admin.pods.delete({ name: 'nobody', dryRun })).rejects.toMatchObject({ code: 'NotFound' });
  });
});

test('whoever may not patch does not', async () => {
  const stranger = await server.client({ user: 'mallory' });
  const patch = { metadata: { labels: { a: 'b' } } };
  await expect(stranger.pods.patch({ name: 'patched', type: PATCH_TYPE_MERGE, patch })).rejects.toMatchObject(
    { code: 'PermissionDenied' },
  );
});
