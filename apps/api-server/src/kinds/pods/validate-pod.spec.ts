import { type DeepPartial, type PodSpec } from '@own-kube/api';
import { aPod } from '@own-kube/testing';
import { checkPod } from './validate-pod';
import { checkPodStatus } from './validate-status';

const container = (more: object) => [{ name: 'main', image: 'a', ...more }];

test('an ordinary pod is valid', () => {
  expect(checkPod(aPod())).toEqual([]);
});

test.each<[string, DeepPartial<PodSpec>, string[]]>([
  ['a deadline of nothing', { activeDeadlineSeconds: 0 }, ['spec.activeDeadlineSeconds']],
  ['an unknown DNS policy', { dnsPolicy: 'Maybe' }, ['spec.dnsPolicy']],
  ['a hostname with a dot', { hostname: 'a.b' }, ['spec.hostname']],
  ['a toleration without key', { tolerations: [{ value: 'x' }] }, ['spec.tolerations[0].operator']],
  [
    'a toleration with too much',
    { tolerations: [{ key: 'a', operator: 'Exists', value: 'x' }] },
    ['spec.tolerations[0].value'],
  ],
  [
    'seconds without NoExecute',
    { tolerations: [{ key: 'a', tolerationSeconds: 1 }] },
    ['spec.tolerations[0].effect'],
  ],
  ['an alias of no address', { hostAliases: [{ ip: 'x', hostnames: ['a'] }] }, ['spec.hostAliases[0].ip']],
  ['an init container named as another', { initContainers: container({}) }, ['spec.initContainers[0].name']],
  ['a secret without a name', { imagePullSecrets: [{}] }, ['spec.imagePullSecrets[0].name']],
  [
    "a host port that is not the container's",
    { hostNetwork: true, containers: container({ ports: [{ containerPort: 80, hostPort: 81 }] }) },
    ['spec.containers[0].ports[0].containerPort'],
  ],
  [
    'a variable of two sources',
    {
      containers: container({
        env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'x' } } }],
      }),
    },
    ['spec.containers[0].env[0].valueFrom'],
  ],
  [
    'a variable of no source',
    { containers: container({ env: [{ name: 'A', valueFrom: {} }] }) },
    ['spec.containers[0].env[0].valueFrom'],
  ],
  [
    'a mount of no volume',
    { containers: container({ volumeMounts: [{ name: 'v' }] }) },
    ['spec.containers[0].volumeMounts[0].name', 'spec.containers[0].volumeMounts[0].mountPath'],
  ],
  [
    'two mounts at one place',
    {
      volumes: [{ name: 'v' }],
      containers: container({
        volumeMounts: [
          { name: 'v', mountPath: '/a' },
          { name: 'v', mountPath: '/a' },
        ],
      }),
    },
    ['spec.containers[0].volumeMounts[1].mountPath'],
  ],
  [
    'a probe that does nothing',
    { containers: container({ livenessProbe: {} }) },
    ['spec.containers[0].livenessProbe'],
  ],
  [
    'a liveness probe of two successes',
    {
      containers: container({
        livenessProbe: { successThreshold: 2, handler: { exec: { command: ['a'] } } },
      }),
    },
    ['spec.containers[0].livenessProbe.successThreshold'],
  ],
  [
    'a probe of a port that is none',
    {
      containers: container({
        readinessProbe: { handler: { httpGet: { port: { type: 0, intVal: 0 }, scheme: 'ftp' } } },
      }),
    },
    ['spec.containers[0].readinessProbe.httpGet.port', 'spec.containers[0].readinessProbe.httpGet.scheme'],
  ],
  [
    'a hook of two ways',
    {
      containers: container({ lifecycle: { preStop: { exec: { command: ['a'] }, sleep: { seconds: 1 } } } }),
    },
    ['spec.containers[0].lifecycle.preStop'],
  ],
  [
    'volumes without name, source, or end',
    {
      volumes: [
        {},
        { name: 'a', volumeSource: { emptyDir: {}, hostPath: { path: '/../etc' } } },
        { name: 'a', volumeSource: { secret: {} } },
        { name: 'b', volumeSource: { configMap: {} } },
      ],
    },
    [
      'spec.volumes[0].name',
      'spec.volumes[1]',
      'spec.volumes[1].hostPath.path',
      'spec.volumes[2].name',
      'spec.volumes[2].secret.secretName',
      'spec.volumes[3].configMap.name',
    ],
  ],
])('%s is refused', (_name, spec, fields) => {
  const violations = checkPod(aPod({ spec }));
  expect(violations.map(({ field }) => field).sort()).toEqual([...fields].sort());
});

test.each([
  ['an unknown phase', { phase: 'Dancing' }, 'status.phase'],
  ['an address that is none', { podIP: '10.0.0' }, 'status.podIP'],
  ['a list with an address that is none', { podIPs: [{}] }, 'status.podIPs[0].ip'],
  ['a condition without type', { conditions: [{ status: 'True' }] }, 'status.conditions[0].type'],
  [
    'a condition that is perhaps so',
    { conditions: [{ type: 'Ready', status: 'Perhaps' }] },
    'status.conditions[0].status',
  ],
])('a status with %s is refused', (_name, status, field) => {
  expect(checkPodStatus(aPod({ status }))).toMatchObject([{ field }]);
});
