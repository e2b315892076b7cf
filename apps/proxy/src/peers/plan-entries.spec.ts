import { aRoute } from '../links/testing';
import { planEntries, type SeenEntries } from './plan-entries';

const peer = (n: number, mac = `02:00:00:00:00:0${n}`) => ({
  node: `node-${n}`,
  cidr: `10.244.${n}.0/24`,
  nodeIp: `172.18.0.${n}`,
  mac,
});
const nothing: SeenEntries = { neighbours: [], forwarding: [], routes: [] };
const entriesOf = (n: number): SeenEntries => ({
  neighbours: [{ key: `10.244.${n}.0`, value: `02:00:00:00:00:0${n}` }],
  forwarding: [{ key: `02:00:00:00:00:0${n}`, value: `172.18.0.${n}` }],
  routes: [aRoute({ dst: `10.244.${n}.0/24`, via: `10.244.${n}.0`, src: '10.244.1.1', dev: 'vxlan10' })],
});
const gateway = '10.244.1.1';

test('a new peer: neighbour, forwarding, route', () => {
  expect(planEntries([peer(2)], nothing, gateway)).toEqual({
    first: ['neigh replace 10.244.2.0 lladdr 02:00:00:00:00:02 dev vxlan10 nud permanent'],
    second: ['fdb replace 02:00:00:00:00:02 dev vxlan10 dst 172.18.0.2 self permanent'],
    third: ['route replace 10.244.2.0/24 via 10.244.2.0 dev vxlan10 onlink src 10.244.1.1'],
  });
});

test('a peer that went: route, forwarding, neighbour', () => {
  expect(planEntries([], entriesOf(2), gateway)).toEqual({
    first: ['route del 10.244.2.0/24 dev vxlan10'],
    second: ['fdb del 02:00:00:00:00:02 dev vxlan10 dst 172.18.0.2 self'],
    third: ['neigh del 10.244.2.0 dev vxlan10'],
  });
});

test('a peer that is as it should be: nothing', () => {
  expect(planEntries([peer(2)], entriesOf(2), gateway)).toEqual({ first: [], second: [], third: [] });
});

test('another hardware address: the neighbour is replaced, the old forwarding goes, the route stays', () => {
  expect(planEntries([peer(2, '02:00:00:00:00:99')], entriesOf(2), gateway)).toEqual({
    first: ['neigh replace 10.244.2.0 lladdr 02:00:00:00:00:99 dev vxlan10 nud permanent'],
    second: [
      'fdb del 02:00:00:00:00:02 dev vxlan10 dst 172.18.0.2 self',
      'fdb replace 02:00:00:00:00:99 dev vxlan10 dst 172.18.0.2 self permanent',
    ],
    third: [],
  });
});

test('another address of the node: the forwarding is replaced', () => {
  expect(planEntries([{ ...peer(2), nodeIp: '172.18.0.7' }], entriesOf(2), gateway)).toEqual({
    first: [],
    second: ['fdb replace 02:00:00:00:00:02 dev vxlan10 dst 172.18.0.7 self permanent'],
    third: [],
  });
});
