import { type ApiError, Binding, type DeepPartial } from '@own-kube/api';
import { aPod } from '@own-kube/testing';
import { planBind } from './plan-bind';

const now = Date.UTC(2026, 0, 1);
const to = (name: string, more: DeepPartial<Binding> = {}) =>
  Binding.fromPartial({ target: { name }, ...more });
const pod = aPod({
  uid: 'u',
  metadata: { resourceVersion: '7' },
  status: { conditions: [{ type: 'PodScheduled', status: 'False' }] },
});

test('a pod gets its node, and says since when', () => {
  expect(planBind('p', to('n', { metadata: { annotations: { by: 'me' } } }), pod, now)).toMatchObject({
    write: {
      metadata: { uid: 'u', annotations: { by: 'me' } },
      spec: { nodeName: 'n', containers: [{ name: 'main' }] },
      status: {
        conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: { seconds: now / 1000 } }],
      },
    },
  });
});

test.each([
  ['has a node', aPod({ nodeName: 'm' }), to('n'), 'Conflict'],
  ['is being deleted', aPod({ metadata: { deletionTimestamp: { seconds: 1 } } }), to('n'), 'Conflict'],
  ['is another', pod, to('n', { metadata: { uid: 'v' } }), 'Conflict'],
  ['has changed', pod, to('n', { metadata: { resourceVersion: '6' } }), 'Conflict'],
  ['is sent nowhere', pod, to(''), 'Invalid'],
  ['is sent to no node', pod, to('n', { target: { kind: 'Pod', name: 'n' } }), 'Invalid'],
])('a pod that %s is not bound', (_name, current, binding, code) => {
  expect(() => planBind('p', binding, current, now)).toThrow(expect.objectContaining({ code }) as ApiError);
});
