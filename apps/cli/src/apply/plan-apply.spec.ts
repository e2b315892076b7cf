import { type ApiObject, decodeManifest, type Pod, podKind } from '@own-kube/api';
import { lastAppliedAnnotation, planApply, serversFields } from './plan-apply';

const manifest = (spec: object, metadata: object = {}): ApiObject =>
  decodeManifest({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec,
  }).object;

const web = { name: 'web', image: 'nginx:1' };

/** What the cluster makes of a created object: defaults, a node, a status, a version. */
function stored(created: ApiObject): Pod {
  const pod = podKind.type.fromPartial(created);
  pod.metadata = {
    ...pod.metadata!,
    uid: 'u1',
    resourceVersion: '7',
    creationTimestamp: { seconds: 1, nanos: 0 },
  };
  pod.spec = { ...pod.spec!, restartPolicy: 'Always', nodeName: 'node-1' };
  pod.spec.containers.forEach((container) => (container.imagePullPolicy = 'IfNotPresent'));
  pod.status = decodeStatus({ phase: 'Running' });
  return pod;
}

const decodeStatus = (status: object) =>
  (decodeManifest({ apiVersion: 'v1', kind: 'Pod', status }).object as Pod).status;

function created(wanted: ApiObject): Pod {
  const plan = planApply(podKind, wanted, undefined);
  if (plan.action !== 'create') throw new Error('expected a creation');
  return stored(plan.object);
}

function updated(wanted: ApiObject, current: ApiObject): Pod {
  const plan = planApply(podKind, wanted, current);
  if (plan.action !== 'update') throw new Error('expected an update');
  return plan.object;
}

describe('planApply', () => {
  test('creates what is not there, and notes what was applied', () => {
    const plan = planApply(podKind, manifest({ containers: [web] }, { annotations: { a: 'b' } }), undefined);
    expect(plan.action).toBe('create');
    const { annotations } = (plan as { object: ApiObject }).object.metadata!;
    expect(annotations['a']).toBe('b');
    expect(JSON.parse(annotations[lastAppliedAnnotation]!)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default', annotations: { a: 'b' } },
      spec: { containers: [web] },
    });
  });

  test('the same manifest again changes nothing, whatever the cluster has added', () => {
    const wanted = manifest({ containers: [{ ...web, resources: { limits: { memory: '1024Mi' } } }] });
    expect(planApply(podKind, wanted, created(wanted))).toEqual({ action: 'nothing' });
  });

  test("changes what differs, and keeps defaults, the node, the status and the object's identity", () => {
    const current = created(manifest({ containers: [web] }));
    const next = updated(
      manifest({ containers: [{ ...web, image: 'nginx:2' }] }, { labels: { a: 'b' } }),
      current,
    );
    expect(next.spec).toMatchObject({
      restartPolicy: 'Always',
      nodeName: 'node-1',
      containers: [{ name: 'web', image: 'nginx:2', imagePullPolicy: 'IfNotPresent' }],
    });
    expect(next.metadata).toMatchObject({ uid: 'u1', resourceVersion: '7', labels: { a: 'b' } });
    expect(next.status?.phase).toBe('Running');
  });

  test('takes away what the manifest had and has no more, and leaves what others have set', () => {
    const before = manifest(
      {
        containers: [
          {
            ...web,
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
          },
          { ...web, name: 'old' },
        ],
        hostname: 'x',
      },
      { labels: { mine: '1', old: '1' } },
    );
    const current = created(before);
    current.metadata!.labels['theirs'] = '1';
    current.spec!.containers[0]!.env.push({ name: 'C', value: '3', valueFrom: undefined });
    const next = updated(
      manifest({ containers: [{ ...web, env: [{ name: 'B', value: '4' }] }] }, { labels: { mine: '1' } }),
      current,
    );
    expect(next.metadata?.labels).toEqual({ mine: '1', theirs: '1' });
    expect(next.spec?.hostname).toBeUndefined();
    expect(next.spec?.containers.map(({ name }) => name)).toEqual(['web']);
    expect(next.spec?.containers[0]?.env.map(({ name, value }) => [name, value])).toEqual([
      ['B', '4'],
      ['C', '3'],
    ]);
  });

  test('switches from one kind of volume to another', () => {
    const current = created(manifest({ containers: [web], volumes: [{ name: 'v', emptyDir: {} }] }));
    const next = updated(
      manifest({ containers: [web], volumes: [{ name: 'v', hostPath: { path: '/x' } }] }),
      current,
    );
    expect(next.spec?.volumes[0]?.volumeSource).toMatchObject({
      emptyDir: undefined,
      hostPath: { path: '/x' },
    });
  });

  test('a list without keys is taken as a whole', () => {
    const current = created(manifest({ containers: [{ ...web, args: ['a', 'b'] }] }));
    const next = updated(manifest({ containers: [{ ...web, args: ['c'] }] }), current);
    expect(next.spec?.containers[0]?.args).toEqual(['c']);
  });

  test('an object that was made otherwise is taken over', () => {
    const wanted = manifest({ containers: [web] });
    const current = stored(wanted);
    current.metadata!.annotations = { [lastAppliedAnnotation]: 'not JSON' };
    const next = updated(wanted, current);
    expect(next.spec?.nodeName).toBe('node-1');
    expect(planApply(podKind, wanted, next)).toEqual({ action: 'nothing' });
  });

  test('what only the cluster can say is left out, and named', () => {
    const wanted = decodeManifest({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web',
        uid: 'other',
        resourceVersion: '1',
        annotations: { [lastAppliedAnnotation]: '{}' },
      },
      spec: { containers: [web] },
      status: { phase: 'Failed' },
    }).object;
    expect(serversFields(podKind, wanted)).toEqual(['metadata.uid', 'metadata.resourceVersion', 'status']);
    const object = created(wanted);
    expect(object.metadata?.uid).toBe('u1');
    expect(planApply(podKind, wanted, object)).toEqual({ action: 'nothing' });
  });
});
