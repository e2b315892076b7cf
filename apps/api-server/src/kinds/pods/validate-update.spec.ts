import { type DeepPartial, Pod, type PodSpec } from '@own-kube/api';
import { aPod } from '@own-kube/testing';
import { checkPodUpdate } from './validate-update';

const before = aPod({
  image: 'a:1',
  spec: { activeDeadlineSeconds: 100, tolerations: [{ key: 'a', operator: 'Exists' }] },
});

const changed = (spec: DeepPartial<PodSpec>): Pod =>
  Pod.fromPartial({ ...before, spec: { ...before.spec, ...spec } });

const containers = (change: object) => [{ ...before.spec!.containers[0], ...change }];

test.each<[string, DeepPartial<PodSpec>]>([
  ['nothing', {}],
  ['an image', { containers: containers({ image: 'a:2' }) }],
  ['one more toleration', { tolerations: [...before.spec!.tolerations, { key: 'b' }] }],
  ['a nearer deadline', { activeDeadlineSeconds: 99 }],
])('may change: %s', (_name, spec) => {
  expect(checkPodUpdate(changed(spec), before)).toEqual([]);
});

test.each<[string, DeepPartial<PodSpec>, string]>([
  ['the node', { nodeName: 'n' }, 'spec.nodeName'],
  ['the restart policy', { restartPolicy: 'Never' }, 'spec.restartPolicy'],
  ['a command', { containers: containers({ command: ['x'] }) }, 'spec.containers[0]'],
  ['the number of containers', { containers: [] }, 'spec.containers'],
  ['one toleration less', { tolerations: [] }, 'spec.tolerations'],
  ['a later deadline', { activeDeadlineSeconds: 101 }, 'spec.activeDeadlineSeconds'],
  ['no deadline any more', { activeDeadlineSeconds: undefined }, 'spec.activeDeadlineSeconds'],
])('may not change: %s', (_name, spec, field) => {
  expect(checkPodUpdate(changed(spec), before)).toMatchObject([{ field }]);
});
