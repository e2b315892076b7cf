import { Container, Pod, type EnvVar } from '@own-kube/api';
import type { DeepPartial } from '@own-kube/api';
import { buildEnvironment } from './environment';

const pod = Pod.fromPartial({
  metadata: { name: 'web', namespace: 'default', uid: 'u1', labels: { app: 'x' } },
  spec: { nodeName: 'node-1' },
});
const build = (...env: DeepPartial<EnvVar>[]) =>
  Object.fromEntries(
    buildEnvironment(pod, Container.fromPartial({ env }), { podIP: '10.244.1.2', hostIP: '172.18.0.3' }),
  );

test('a value uses those before it, and none after', () => {
  expect(
    build({ name: 'A', value: '1' }, { name: 'B', value: '$(A)$(C)' }, { name: 'C', value: '$$(A)' }),
  ).toEqual({ A: '1', B: '1$(C)', C: '$(A)' });
});

test('the last of two with one name counts', () => {
  expect(build({ name: 'A', value: '1' }, { name: 'A', value: '$(A)2' })).toEqual({ A: '12' });
});

test.each([
  ['metadata.name', 'web'],
  ['metadata.namespace', 'default'],
  ['metadata.uid', 'u1'],
  ["metadata.labels['app']", 'x'],
  ["metadata.annotations['none']", ''],
  ['spec.nodeName', 'node-1'],
  ['status.podIP', '10.244.1.2'],
  ['status.hostIP', '172.18.0.3'],
])('fieldRef %s', (fieldPath, value) => {
  expect(build({ name: 'A', valueFrom: { fieldRef: { fieldPath } } })).toEqual({ A: value });
});

test('what may be missing is left out', () => {
  expect(build({ name: 'A', valueFrom: { configMapKeyRef: { key: 'k', optional: true } } })).toEqual({});
});

test.each([
  [{ fieldRef: { fieldPath: 'spec.nope' } }, 'fieldPath "spec.nope" is no field of a pod'],
  [{ secretKeyRef: { key: 'k' } }, 'env "A": valueFrom.secretKeyRef cannot be had'],
])('%j is refused with a sentence', (valueFrom, message) => {
  expect(() => build({ name: 'A', valueFrom })).toThrow(message);
});
