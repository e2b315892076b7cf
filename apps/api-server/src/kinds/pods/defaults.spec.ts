import { Pod, Volume } from '@own-kube/api';
import { aPod } from '@own-kube/testing';
import { pullPolicy, withPodDefaults } from './defaults';
import { defaultVolume } from './volume-defaults';

test.each([
  ['web', 'Always'],
  ['web:latest', 'Always'],
  ['registry:5000/web', 'Always'],
  ['registry:5000/web:1', 'IfNotPresent'],
  ['web:1', 'IfNotPresent'],
  ['web@sha256:0123', 'IfNotPresent'],
])('the image %s is pulled %s', (image, policy) => {
  expect(pullPolicy(image)).toBe(policy);
});

test('what is left open is filled in, and nothing else', () => {
  const pod = withPodDefaults(
    aPod({
      spec: {
        hostNetwork: true,
        containers: [
          {
            name: 'main',
            image: 'a:1',
            ports: [{ containerPort: 80 }],
            resources: {
              limits: { cpu: { string: '1' }, memory: { string: '1Gi' } },
              requests: { cpu: { string: '100m' } },
            },
            livenessProbe: { handler: { httpGet: { port: { type: 0, intVal: 80 } } }, periodSeconds: 5 },
            env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
          },
        ],
      },
    }),
  );
  expect(pod.spec).toMatchObject({
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    containers: [
      {
        ports: [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }],
        resources: { requests: { cpu: { string: '100m' }, memory: { string: '1Gi' } } },
        livenessProbe: {
          handler: { httpGet: { path: '/', scheme: 'HTTP' } },
          periodSeconds: 5,
          timeoutSeconds: 1,
          failureThreshold: 3,
        },
        env: [{ valueFrom: { fieldRef: { apiVersion: 'v1' } } }],
      },
    ],
  });
});

test('a grace period of zero is not a missing one', () => {
  const pod = withPodDefaults(aPod({ spec: { terminationGracePeriodSeconds: 0 } }));
  expect(pod.spec?.terminationGracePeriodSeconds).toBe(0);
});

test('applying defaults twice changes nothing', () => {
  const once = withPodDefaults(aPod({ spec: { volumes: [{ name: 'v' }] } }));
  expect(withPodDefaults(once)).toEqual(once);
  expect(Pod.decode(Pod.encode(once).finish())).toEqual(
    Pod.decode(Pod.encode(withPodDefaults(once)).finish()),
  );
});

test.each([
  ['no source is an empty directory', {}, { emptyDir: {} }],
  ['files of a secret', { secret: { secretName: 's' } }, { secret: { defaultMode: 0o644 } }],
  ['a mode stays', { configMap: { defaultMode: 0o400 } }, { configMap: { defaultMode: 0o400 } }],
  [
    'a token that expires',
    { projected: { sources: [{ serviceAccountToken: { path: 't' } }] } },
    { projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3600 } }] } },
  ],
])('volumes: %s', (_name, volumeSource, expected) => {
  const volume = defaultVolume(Volume.fromPartial({ name: 'v', volumeSource }));
  expect(volume.volumeSource).toMatchObject(expected);
});

test('a hook that asks by HTTP asks for the root', () => {
  const lifecycle = { preStop: { httpGet: { port: { type: 0, intVal: 80 } } } };
  const pod = withPodDefaults(aPod({ spec: { containers: [{ name: 'a', image: 'a', lifecycle }] } }));
  expect(pod.spec?.containers[0]?.lifecycle?.preStop?.httpGet).toMatchObject({ path: '/', scheme: 'HTTP' });
});

test('a service account has both of its names', () => {
  const named = { serviceAccountName: 'robot', serviceAccount: 'robot' };
  expect(withPodDefaults(aPod({ spec: { serviceAccountName: 'robot' } })).spec).toMatchObject(named);
  expect(withPodDefaults(aPod({ spec: { serviceAccount: 'robot' } })).spec).toMatchObject(named);
});
