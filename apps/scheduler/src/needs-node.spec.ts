import { aPod } from '@own-kube/testing';
import { needsNode } from './needs-node';

test.each([
  ['a new pod', aPod(), true],
  ['one that asks for us', aPod({ spec: { schedulerName: 'default-scheduler' } }), true],
  ['one that asks for another', aPod({ spec: { schedulerName: 'mine' } }), false],
  ['one that has a node', aPod({ nodeName: 'n' }), false],
  ['one that is being deleted', aPod({ metadata: { deletionTimestamp: { seconds: 1 } } }), false],
  ['one that was given up', aPod({ phase: 'Failed' }), false],
])('%s: %#', (_name, pod, expected) => {
  expect(needsNode(pod)).toBe(expected);
});
