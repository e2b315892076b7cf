import { PodSpec } from '../../generated/index.ownkube.core.v1';
import type { DeepPartial } from '../../kinds';
import { checkPodSpec } from './pod-spec';

const container = (more: object) => [{ name: 'main', image: 'a', ...more }];

test('an ordinary pod is valid', () => {
  expect(checkPodSpec(PodSpec.fromPartial({ containers: container({}) }), 'spec')).toEqual([]);
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
  [
    'keys without names',
    {
      containers: container({
        env: [
          { name: 'A', valueFrom: { configMapKeyRef: {} } },
          { name: 'B', valueFrom: { secretKeyRef: { localObjectReference: { name: 's' } } } },
        ],
        envFrom: [{}, { secretRef: {} }],
      }),
    },
    [
      'spec.containers[0].env[0].valueFrom.configMapKeyRef.name',
      'spec.containers[0].env[0].valueFrom.configMapKeyRef.key',
      'spec.containers[0].env[1].valueFrom.secretKeyRef.key',
      'spec.containers[0].envFrom[0]',
      'spec.containers[0].envFrom[1].secretRef.name',
    ],
  ],
  [
    'files outside of their volume',
    {
      volumes: [
        {
          name: 'v',
          volumeSource: {
            configMap: { localObjectReference: { name: 'c' }, items: [{ path: '../x', mode: 512 }] },
          },
        },
        {
          name: 'p',
          volumeSource: { projected: { sources: [{ serviceAccountToken: { expirationSeconds: 5 } }] } },
        },
        { name: 'e', volumeSource: { emptyDir: { sizeLimit: { string: '-1' } } } },
        { name: 'd', volumeSource: { downwardAPI: { items: [{ path: '/a' }] } } },
      ],
      containers: container({ volumeMounts: [{ name: 'v', mountPath: '/v', subPath: '../..' }] }),
    },
    [
      'spec.volumes[0].configMap.items[0].key',
      'spec.volumes[0].configMap.items[0].path',
      'spec.volumes[0].configMap.items[0].mode',
      'spec.volumes[1].projected.sources[0].serviceAccountToken.path',
      'spec.volumes[1].projected.sources[0].serviceAccountToken.expirationSeconds',
      'spec.volumes[2].emptyDir.sizeLimit',
      'spec.volumes[3].downwardAPI.items[0].path',
      'spec.volumes[3].downwardAPI.items[0]',
      'spec.containers[0].volumeMounts[0].subPath',
    ],
  ],
  [
    'an affinity that says nothing',
    {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In' }] }],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, preference: {} }],
        },
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] },
      },
    },
    [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values',
      'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight',
      'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey',
    ],
  ],
  [
    'a spread over nothing',
    { topologySpreadConstraints: [{ whenUnsatisfiable: 'Perhaps' }] },
    [
      'spec.topologySpreadConstraints[0].maxSkew',
      'spec.topologySpreadConstraints[0].topologyKey',
      'spec.topologySpreadConstraints[0].whenUnsatisfiable',
    ],
  ],
  ['no DNS server', { dnsPolicy: 'None' }, ['spec.dnsConfig.nameservers']],
  [
    'users that are none',
    {
      securityContext: { fsGroup: -1 },
      containers: container({
        securityContext: { runAsUser: -1, privileged: true, allowPrivilegeEscalation: false },
      }),
    },
    [
      'spec.securityContext.fsGroup',
      'spec.containers[0].securityContext.runAsUser',
      'spec.containers[0].securityContext.allowPrivilegeEscalation',
    ],
  ],
])('%s is refused', (_name, spec, fields) => {
  const violations = checkPodSpec(PodSpec.fromPartial({ containers: container({}), ...spec }), 'spec');
  expect(violations.map(({ field }) => field).sort()).toEqual([...fields].sort());
});
