import { aPod } from '@own-kube/testing';
import { withUnschedulable } from './unschedulable-condition';

const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' };

test('a pod without a node gets the condition, beside the others', () => {
  const pod = aPod({ status: { conditions: [{ type: 'Initialized', status: 'True' }] } });
  const next = withUnschedulable(pod, 'no room', 5000);
  expect(next?.status?.conditions).toEqual([
    expect.objectContaining({ type: 'Initialized' }),
    { ...condition, message: 'no room', lastTransitionTime: { seconds: 5, nanos: 0 } },
  ]);
});

test('another message does not change when the state began; the same message changes nothing', () => {
  const first = withUnschedulable(aPod(), 'no room', 5000)!;
  const second = withUnschedulable(first, 'no node', 9000)!;
  expect(second.status?.conditions).toMatchObject([
    { message: 'no node', lastTransitionTime: { seconds: 5 } },
  ]);
  expect(withUnschedulable(second, 'no node', 9000)).toBeUndefined();
});

test.each([
  ['has a node', aPod({ nodeName: 'n' })],
  ['is being deleted', aPod({ metadata: { deletionTimestamp: { seconds: 1 } } })],
])('nothing is said of a pod that %s', (_name, pod) => {
  expect(withUnschedulable(pod, 'no room', 0)).toBeUndefined();
});
