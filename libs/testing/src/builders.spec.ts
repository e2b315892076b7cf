import { aNode, aPod } from './builders';

test('a pod is as told, and otherwise ordinary', () => {
  const pod = aPod({ name: 'web', containers: 2, requests: { cpu: '1' }, spec: { hostNetwork: true } });
  expect(pod.metadata).toMatchObject({ name: 'web', namespace: 'default', labels: {} });
  expect(pod.spec?.containers.map(({ name }) => name)).toEqual(['main', 'main-1']);
  expect(pod.spec?.containers[1]?.resources?.requests).toEqual({ cpu: { string: '1' } });
  expect([pod.spec?.hostNetwork, pod.status]).toEqual([true, undefined]);
});

test('a node is ready and has room', () => {
  const node = aNode({ cpu: '2', internalIP: '172.18.0.2' });
  expect(node.status?.allocatable).toEqual({
    cpu: { string: '2' },
    memory: { string: '8Gi' },
    pods: { string: '110' },
  });
  expect(node.status?.conditions).toMatchObject([{ type: 'Ready', status: 'True' }]);
  expect(node.status?.addresses).toContainEqual({ type: 'InternalIP', address: '172.18.0.2' });
});
