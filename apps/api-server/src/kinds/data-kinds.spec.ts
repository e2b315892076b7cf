import type { ConfigMap } from '@own-kube/api';
import { type DeepPartial, Secret } from '@own-kube/api';
import { configMapStrategy } from './configmaps/strategy';
import { eventStrategy } from './events/strategy';
import { leaseStrategy } from './leases/strategy';
import { priorityClassStrategy } from './priorityclasses/strategy';
import { secretStrategy } from './secrets/strategy';
import { serviceAccountStrategy } from './serviceaccounts/strategy';
import { made, updated, wrongFields, wrongUpdates } from './testing';

const bytes = (text: string) => Buffer.from(text);

describe('ConfigMaps', () => {
  test.each<[string, DeepPartial<ConfigMap>, string[]]>([
    ['nothing', {}, []],
    ['keys of every kind', { data: { 'a.b-C_1': '', '.a': '' }, binaryData: { b: bytes('x') } }, []],
    [
      'keys that are no names of files',
      { data: { 'a/b': '', '..a': '', '.': '' } },
      ['data[..a]', 'data[.]', 'data[a/b]'],
    ],
    ['a key twice', { data: { a: '' }, binaryData: { a: bytes('') } }, ['binaryData[a]']],
    ['too much', { data: { a: 'x'.repeat(1024 * 1024), b: 'x' } }, ['data']],
  ])('with %s', (_name, map, fields) => {
    expect(wrongFields(configMapStrategy, map)).toEqual(fields);
  });

  test('that are immutable stay as they are', () => {
    const map = made(configMapStrategy, { data: { a: '1' }, immutable: true });
    const change = (more: Partial<ConfigMap>) => wrongUpdates(configMapStrategy, { ...map, ...more }, map);
    expect(change({ data: { a: '2' } })).toEqual(['data']);
    expect(change({ immutable: false })).toEqual(['immutable']);
    expect(change({})).toEqual([]);
    expect(map.metadata?.generation).toBeUndefined();
  });
});

describe('Secrets', () => {
  test('take texts as bytes', () => {
    const secret = made(secretStrategy, { data: { a: bytes('1'), b: bytes('2') }, stringData: { b: '3' } });
    expect(secret).toMatchObject({ type: 'Opaque', data: { a: bytes('1'), b: bytes('3') }, stringData: {} });
    expect(
      updated(secretStrategy, Secret.fromPartial({ ...secret, stringData: { a: '4' } }), secret).data,
    ).toEqual({
      a: bytes('4'),
      b: bytes('3'),
    });
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['Opaque', {}, []],
    ['example.com/own', { a: 'b' }, []],
    ['kubernetes.io/tls', {}, ['data[tls.crt]', 'data[tls.key]']],
    ['kubernetes.io/tls', { 'tls.crt': 'a', 'tls.key': 'b' }, []],
    ['kubernetes.io/basic-auth', {}, ['data']],
    ['kubernetes.io/ssh-auth', {}, ['data[ssh-privatekey]']],
    ['kubernetes.io/dockerconfigjson', {}, ['data[.dockerconfigjson]']],
    ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{' }, ['data[.dockerconfigjson]']],
    ['kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{}' }, []],
    ['kubernetes.io/service-account-token', {}, ['metadata.annotations[kubernetes.io/service-account.name]']],
  ])('of type %s with %p', (type, stringData, fields) => {
    expect(wrongFields(secretStrategy, { type, stringData })).toEqual(fields);
  });

  test('keep their type, and can be selected by it', () => {
    const secret = made(secretStrategy, {});
    expect(wrongUpdates(secretStrategy, { ...secret, type: 'b' }, secret)).toEqual(['type']);
    expect(secretStrategy.selectableFields(secret)).toEqual({ type: 'Opaque' });
  });
});

test.each([
  ['in their own namespace', { metadata: { namespace: 'a' }, involvedObject: { namespace: 'a' } }, []],
  [
    'elsewhere',
    { metadata: { namespace: 'a' }, involvedObject: { namespace: 'b' } },
    ['involvedObject.namespace'],
  ],
  ['about a node', { involvedObject: { kind: 'Node' } }, []],
  ['of a strange type', { type: 'Odd', count: -1, series: { count: -1 } }, ['count', 'series.count', 'type']],
])('Events %s', (_name, event, fields) => {
  expect(wrongFields(eventStrategy, event)).toEqual(fields);
});

test('Events can be selected by what they are about', () => {
  const event = made(eventStrategy, {
    involvedObject: { name: 'web' },
    reason: 'Pulled',
    source: { component: 'agent' },
  });
  expect(eventStrategy.selectableFields(event)).toMatchObject({
    'involvedObject.name': 'web',
    reason: 'Pulled',
    source: 'agent',
  });
});

test.each([
  ['sound', { holderIdentity: 'a', leaseDurationSeconds: 40, leaseTransitions: 0 }, []],
  [
    'odd',
    { holderIdentity: '', leaseDurationSeconds: 0, leaseTransitions: -1 },
    ['spec.holderIdentity', 'spec.leaseDurationSeconds', 'spec.leaseTransitions'],
  ],
])('Leases that are %s', (_name, spec, fields) => {
  expect(wrongFields(leaseStrategy, { spec })).toEqual(fields);
});

test.each([
  ['of users', { metadata: { name: 'high' }, value: 1_000_000_000 }, []],
  ['above users', { metadata: { name: 'high' }, value: 1_000_000_001 }, ['value']],
  ["of the cluster's parts", { metadata: { name: 'system-node-critical' }, value: 2_000_001_000 }, []],
  ['of the cluster in name', { metadata: { name: 'system-me' }, value: 1 }, ['metadata.name']],
  ['with an odd policy', { preemptionPolicy: 'Perhaps' }, ['preemptionPolicy']],
])('PriorityClasses %s', (_name, priority, fields) => {
  expect(wrongFields(priorityClassStrategy, priority)).toEqual(fields);
});

test('PriorityClasses keep their value and policy', () => {
  const priority = made(priorityClassStrategy, { value: 5 });
  expect(priority.preemptionPolicy).toBe('PreemptLowerPriority');
  const next = { ...priority, value: 6, preemptionPolicy: 'Never' };
  expect(wrongUpdates(priorityClassStrategy, next, priority)).toEqual(['preemptionPolicy', 'value']);
});

test('ServiceAccounts name their secrets', () => {
  expect(wrongFields(serviceAccountStrategy, { imagePullSecrets: [{ name: 'a' }, {}] })).toEqual([
    'imagePullSecrets[1].name',
  ]);
});

test('what has no status has none to write', () => {
  expect(
    configMapStrategy.validateStatusUpdate(made(configMapStrategy, {}), made(configMapStrategy, {})),
  ).toMatchObject([{ field: 'status' }]);
});
