import { aNode, aPod } from '@own-kube/testing';
import { allocatableOf, needsOf, requestsOf } from './resources';

const mebi = 1024 * 1024;

test.each([
  [
    'the sum of the containers',
    aPod({ containers: 2, requests: { cpu: '250m', memory: '64Mi' } }),
    500,
    128 * mebi,
  ],
  ['nothing where nothing is asked', aPod(), 0, 0],
  [
    'a limit where there is no request',
    aPod({ spec: { containers: [{ name: 'a', resources: { limits: { cpu: { string: '2' } } } }] } }),
    ...([2000, 0] as const),
  ],
  [
    'the greediest init container where that is more',
    aPod({
      requests: { cpu: '1', memory: '10Mi' },
      spec: {
        initContainers: [
          { name: 'i', resources: { requests: { cpu: { string: '500m' }, memory: { string: '1Gi' } } } },
        ],
      },
    }),
    ...([1000, 1024 * mebi] as const),
  ],
])('a pod requests %s', (_name, pod, cpuMillis, memoryBytes) => {
  expect(requestsOf(pod)).toEqual({ cpuMillis, memoryBytes });
});

test('a container that requests nothing still counts as load', () => {
  expect(needsOf(aPod({ containers: 2 }))).toEqual({ cpuMillis: 200, memoryBytes: 400 * mebi });
  expect(needsOf(aPod({ requests: { cpu: '1' } }))).toEqual({ cpuMillis: 1000, memoryBytes: 200 * mebi });
});

test('a node has what is allocatable', () => {
  const node = aNode({ cpu: '1500m', memory: '1Gi', pods: 10 });
  expect(allocatableOf(node)).toEqual({ cpuMillis: 1500, memoryBytes: 1024 * mebi, pods: 10 });
});
