import { type Kind, namespaceKind, Node, nodeKind, Pod, podKind } from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';
import { type Attempt, authorize, type Verb } from './authorize';

const admin: Identity = { user: 'admin', groups: ['system:masters'] };
const node1: Identity = { user: 'system:node:node-1', groups: ['system:nodes'] };
const scheduler: Identity = { user: 'system:kube-scheduler', groups: [] };
const nobody: Identity = { user: 'mallory', groups: ['system:authenticated'] };
/** A user that calls itself a node without being in the group. */
const pretender: Identity = { user: 'system:node:node-1', groups: [] };

const attempt = (verb: Verb, kind: Kind, more: Partial<Attempt> = {}): Attempt => ({
  verb,
  kind,
  namespace: kind.namespaced ? 'default' : '',
  name: 'x',
  ...more,
});
const podOn = (nodeName?: string) => ({ object: Pod.fromPartial({ spec: { nodeName } }) });

const may: [string, Identity, Attempt][] = [
  ['an administrator deletes a namespace', admin, attempt('delete', namespaceKind)],
  ['an administrator binds', admin, attempt('bind', podKind)],
  ['a node watches pods', node1, attempt('watch', podKind, { name: '' })],
  ['a node lists nodes', node1, attempt('list', nodeKind, { name: '' })],
  ['a node gets a namespace', node1, attempt('get', namespaceKind)],
  ['a node creates itself', node1, attempt('create', nodeKind, { name: 'node-1' })],
  ['a node updates itself', node1, attempt('update', nodeKind, { name: 'node-1' })],
  ['a node writes its status', node1, attempt('updateStatus', nodeKind, { name: 'node-1' })],
  ['a node writes the status of its pod', node1, attempt('updateStatus', podKind, podOn('node-1'))],
  ['a node deletes its pod', node1, attempt('delete', podKind, podOn('node-1'))],
  ['a node may delete some pod', node1, attempt('delete', podKind)],
  ['the scheduler watches nodes', scheduler, attempt('watch', nodeKind)],
  ['the scheduler binds', scheduler, attempt('bind', podKind, podOn())],
  ['the scheduler writes why a pod waits', scheduler, attempt('updateStatus', podKind, podOn())],
];

const mayNot: [string, Identity, Attempt][] = [
  [
    'a node creates another',
    node1,
    attempt('create', nodeKind, { name: 'node-2', object: Node.fromPartial({}) }),
  ],
  ['a node updates another', node1, attempt('update', nodeKind, { name: 'node-2' })],
  ["a node writes another's status", node1, attempt('updateStatus', nodeKind, { name: 'node-2' })],
  ['a node deletes itself', node1, attempt('delete', nodeKind, { name: 'node-1' })],
  ["a node writes the status of another's pod", node1, attempt('updateStatus', podKind, podOn('node-2'))],
  ['a node writes the status of a pod without a node', node1, attempt('updateStatus', podKind, podOn())],
  ["a node deletes another's pod", node1, attempt('delete', podKind, podOn('node-2'))],
  ['a node creates a pod', node1, attempt('create', podKind, podOn('node-1'))],
  ['a node changes a pod', node1, attempt('update', podKind, podOn('node-1'))],
  ['a node binds', node1, attempt('bind', podKind)],
  ['a node creates a namespace', node1, attempt('create', namespaceKind)],
  ['the scheduler creates a pod', scheduler, attempt('create', podKind)],
  ['the scheduler deletes a pod', scheduler, attempt('delete', podKind)],
  ['the scheduler writes a node', scheduler, attempt('update', nodeKind)],
  ['anyone else reads', nobody, attempt('get', podKind)],
  ['a pretended node reads', pretender, attempt('get', podKind)],
];

test.each(may)('%s', (_name, identity, tried) => {
  expect(authorize(identity, tried)).toBeUndefined();
});

test.each(mayNot)('not: %s', (_name, identity, tried) => {
  expect(authorize(identity, tried)).toMatch(/may not/);
});

test('the refusal says who may not do what', () => {
  expect(authorize(node1, attempt('updateStatus', podKind, podOn('node-2')))).toBe(
    '"system:node:node-1" (system:nodes) may not update the status of pods "x" in namespace "default".',
  );
});
