import { aNode, aPod } from '@own-kube/testing';
import { nodeMayHelp, podMayHelp } from './may-help';

const condition = (status: string, seconds: number) => ({
  conditions: [{ type: 'Ready', status, lastHeartbeatTime: { seconds } }],
});

test.each([
  ['a new node', { object: aNode(), deleted: false }, true],
  ['a node that goes', { object: aNode(), old: aNode(), deleted: true }, false],
  [
    'a heartbeat',
    {
      object: aNode({ status: condition('True', 2) }),
      old: aNode({ status: condition('True', 1) }),
      deleted: false,
    },
    false,
  ],
  ['a node that becomes ready', { object: aNode(), old: aNode({ ready: false }), deleted: false }, true],
  ['a node that opens', { object: aNode(), old: aNode({ unschedulable: true }), deleted: false }, true],
  ['a node that grows', { object: aNode({ cpu: '8' }), old: aNode(), deleted: false }, true],
])('%s: %j', (_name, change, expected) => {
  expect(nodeMayHelp(change)).toBe(expected);
});

test.each([
  ['a pod that goes from its node', aPod({ nodeName: 'n' }), true, true],
  ['a pod that has ended', aPod({ nodeName: 'n', phase: 'Failed' }), false, true],
  ['a pod that runs', aPod({ nodeName: 'n', phase: 'Running' }), false, false],
  ['a pod that goes and had no node', aPod(), true, false],
])('%s', (_name, object, deleted, expected) => {
  expect(podMayHelp({ object, deleted })).toBe(expected);
});
