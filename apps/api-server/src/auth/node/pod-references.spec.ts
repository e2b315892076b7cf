import { Pod } from '@own-kube/api';
import { podReferences } from './pod-references';

const local = (name: string) => ({ localObjectReference: { name } });

test.each<[string, Parameters<typeof Pod.fromPartial>[0], string[]]>([
  [
    'a volume of a secret',
    { spec: { volumes: [{ volumeSource: { secret: { secretName: 's' } } }] } },
    ['Secret s'],
  ],
  [
    'a volume of a configmap',
    { spec: { volumes: [{ volumeSource: { configMap: local('c') } }] } },
    ['ConfigMap c'],
  ],
  [
    'a projected volume',
    {
      spec: {
        volumes: [
          { volumeSource: { projected: { sources: [{ secret: local('s') }, { configMap: local('c') }] } } },
        ],
      },
    },
    ['Secret s', 'ConfigMap c'],
  ],
  [
    'a variable',
    {
      spec: {
        containers: [
          {
            env: [
              { valueFrom: { secretKeyRef: local('s') } },
              { valueFrom: { configMapKeyRef: local('c') } },
            ],
          },
        ],
      },
    },
    ['Secret s', 'ConfigMap c'],
  ],
  [
    'all variables of one, in an init container',
    { spec: { initContainers: [{ envFrom: [{ secretRef: local('s') }, { configMapRef: local('c') }] }] } },
    ['Secret s', 'ConfigMap c'],
  ],
  ['a registry', { spec: { imagePullSecrets: [{ name: 's' }] } }, ['Secret s']],
])('%s', (_name, pod, references) => {
  expect([...podReferences(Pod.fromPartial(pod))].sort()).toEqual(
    ['ServiceAccount default', ...references].sort(),
  );
});

test('the ServiceAccount', () => {
  expect([...podReferences(Pod.fromPartial({ spec: { serviceAccountName: 'robot' } }))]).toEqual([
    'ServiceAccount robot',
  ]);
});
