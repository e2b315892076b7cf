import type { Node, Pod } from '@own-kube/api';
import { aNode, aPod } from '@own-kube/testing';
import { pickNode } from './pick-node';
import { plugins } from './plugins';
import { add, allocatableOf, needsOf, noResources, requestsOf } from './resources';
import { unschedulableMessage } from './unschedulable-message';

const info = (node: Node, pods: Pod[] = []) => ({
  node,
  allocatable: allocatableOf(node),
  requested: pods.map(requestsOf).reduce(add, noResources),
  needed: pods.map(needsOf).reduce(add, noResources),
  pods: pods.length,
});
const node = (name: string, shape: Parameters<typeof aNode>[0] = {}, pods: Pod[] = []) =>
  info(aNode({ name, cpu: '2', memory: '1Gi', ...shape }), pods);
const cpu = (amount: string) => aPod({ requests: { cpu: amount } });
const many = (count: number, pod = aPod()) => Array.from({ length: count }, () => pod);

test.each([
  ['the only one', cpu('1'), [node('a')], 'a'],
  ['the less loaded', cpu('100m'), [node('a', {}, [cpu('1')]), node('b', {}, [cpu('500m')])], 'b'],
  ['the one with room', cpu('1500m'), [node('a', {}, [cpu('1')]), node('b', {}, [cpu('500m')])], 'b'],
  ['the one with exactly enough', cpu('1500m'), [node('a', { cpu: '1500m' })], 'a'],
  ['the larger', cpu('1'), [node('a'), node('b', { cpu: '8' })], 'b'],
  ['the one whose memory is freer', aPod(), [node('a'), node('b', { memory: '4Gi' })], 'b'],
  [
    'the one with fewer pods, if none asks for anything',
    aPod(),
    [node('a', {}, many(2)), node('b', {}, many(1))],
    'b',
  ],
  ['of equals the first by name', aPod(), [node('b'), node('a')], 'a'],
  ['the one that is ready', aPod(), [node('a', { ready: false }), node('b')], 'b'],
  ['the one that is open', aPod(), [node('a', { unschedulable: true }), node('b')], 'b'],
  ['also an overfull one, for a pod that asks for nothing', aPod(), [node('a', {}, [cpu('3')])], 'a'],
])('a pod goes to %s', (_name, pod, nodes, expected) => {
  expect(pickNode(pod, nodes, plugins)).toEqual({ node: expected });
});

test.each([
  ['no cpu', cpu('3'), [node('a'), node('b')], '0/2 nodes are available: 2 Insufficient cpu.'],
  [
    'neither cpu nor memory, and another reason elsewhere',
    aPod({ requests: { cpu: '3', memory: '2Gi' } }),
    [node('a'), node('b', { unschedulable: true, ready: false }), node('c', { ready: false })],
    '0/3 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 node(s) were not ready, 1 node(s) were unschedulable.',
  ],
  ['too many pods', aPod(), [node('a', { pods: 2 }, many(2))], '0/1 nodes are available: 1 Too many pods.'],
  [
    'a node that never told of its state',
    aPod(),
    [node('a', { status: { conditions: [] } })],
    /were not ready/,
  ],
  [
    'a node that is going',
    aPod(),
    [node('a', { metadata: { deletionTimestamp: { seconds: 1 } } })],
    /were not ready/,
  ],
  ['no nodes', aPod(), [], 'There are no nodes yet.'],
])('%s is told', (_name, pod, nodes, message) => {
  const pick = pickNode(pod, nodes, plugins);
  if ('node' in pick) throw new Error(`picked ${pick.node}`);
  expect(unschedulableMessage(pick.unschedulable, pick.nodes)).toMatch(message);
});
