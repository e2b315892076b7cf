import { Deployment, type DeploymentSpec, type DeepPartial, type ReplicaSetSpec } from '@own-kube/api';
import { replicaSetStrategy } from '../replicasets/strategy';
import { made, updated, wrongFields, wrongUpdates } from '../testing';
import { deploymentStrategy } from './strategy';

const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'a', image: 'web:1' }] },
};
const web = { selector: { matchLabels: { app: 'web' } }, template };
const share = (strVal: string) => ({ type: 1, strVal });
const number = (intVal: number) => ({ type: 0, intVal });

test('what is left open is filled in, in the template too', () => {
  expect(made(deploymentStrategy, { spec: web })).toMatchObject({
    metadata: { generation: 1 },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: share('25%'), maxSurge: share('25%') },
      },
      template: { spec: { restartPolicy: 'Always', containers: [{ imagePullPolicy: 'IfNotPresent' }] } },
    },
  });
  expect(made(replicaSetStrategy, { spec: { ...web, replicas: 0 } }).spec).toMatchObject({
    replicas: 0,
    template: { spec: { dnsPolicy: 'ClusterFirst' } },
  });
});

const both: [string, DeepPartial<ReplicaSetSpec>, string[]][] = [
  ['nothing', {}, ['spec.selector', 'spec.template']],
  [
    'fewer than none',
    { ...web, replicas: -1, minReadySeconds: -1 },
    ['spec.minReadySeconds', 'spec.replicas'],
  ],
  ['a selector of all', { ...web, selector: {} }, ['spec.selector']],
  [
    'a selector of others',
    { ...web, selector: { matchLabels: { app: 'db' } } },
    ['spec.template.metadata.labels'],
  ],
  [
    'pods that end',
    {
      ...web,
      template: { ...template, spec: { ...template.spec, restartPolicy: 'Never', activeDeadlineSeconds: 5 } },
    },
    ['spec.template.spec.activeDeadlineSeconds', 'spec.template.spec.restartPolicy'],
  ],
  [
    'a template that is no pod',
    {
      ...web,
      template: { metadata: { labels: { app: 'web', 'a b': '' } }, spec: { containers: [{ name: 'a' }] } },
    },
    ['spec.template.metadata.labels[a b]', 'spec.template.spec.containers[0].image'],
  ],
];

test.each(both)('%s is refused', (_name, spec, fields) => {
  expect(wrongFields(deploymentStrategy, { spec })).toEqual(fields);
  expect(wrongFields(replicaSetStrategy, { spec })).toEqual(fields);
});

test.each<[string, DeepPartial<DeploymentSpec>, string[]]>([
  ['a deadline before it is ready', { minReadySeconds: 600 }, ['spec.progressDeadlineSeconds']],
  ['an unknown strategy', { strategy: { type: 'Blue' } }, ['spec.strategy.type']],
  [
    'a recreation that rolls',
    { strategy: { type: 'Recreate', rollingUpdate: {} } },
    ['spec.strategy.rollingUpdate'],
  ],
  [
    'a roll that can not move',
    { strategy: { rollingUpdate: { maxUnavailable: number(0), maxSurge: share('0%') } } },
    ['spec.strategy.rollingUpdate.maxUnavailable'],
  ],
  [
    'shares that are none',
    { strategy: { rollingUpdate: { maxUnavailable: share('101%'), maxSurge: share('many') } } },
    ['spec.strategy.rollingUpdate.maxSurge', 'spec.strategy.rollingUpdate.maxUnavailable'],
  ],
])('%s is refused', (_name, spec, fields) => {
  expect(wrongFields(deploymentStrategy, { spec: { ...web, ...spec } })).toEqual(fields);
});

test('the generation counts changes of the spec alone, and the selector stays', () => {
  const deployment = made(deploymentStrategy, { spec: web });
  const change = (more: DeepPartial<Deployment>) => Deployment.fromPartial({ ...deployment, ...more });
  const labelled = change({ metadata: { name: 'x', namespace: 'default', labels: { a: 'b' } } });
  expect(updated(deploymentStrategy, labelled, deployment).metadata).toMatchObject({
    generation: 1,
    labels: { a: 'b' },
  });
  const scaled = change({ spec: { ...web, replicas: 3 } });
  expect(updated(deploymentStrategy, scaled, deployment).metadata?.generation).toBe(2);
  const moved = change({
    spec: { ...web, selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
  });
  expect(wrongUpdates(deploymentStrategy, moved, deployment)).toEqual(['spec.selector']);
});
