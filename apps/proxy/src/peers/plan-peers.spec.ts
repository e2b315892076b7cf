import { Node } from '@own-kube/api';
import fc from 'fast-check';
import { parseCidr, type Cidr } from '../ipv4';
import { planPeers, vtepMacAnnotation } from './plan-peers';

const self = {
  nodeName: 'node-1',
  nodeIp: '172.18.0.2',
  cidr: '10.244.0.0/24',
  clusterCidr: parseCidr('10.244.0.0/16') as Cidr,
};
const aNode = (name: string, { cidr = '10.244.1.0/24', ip = '172.18.0.3', mac = '02:00:00:00:00:01' } = {}) =>
  Node.fromPartial({
    metadata: { name, annotations: mac ? { [vtepMacAnnotation]: mac } : {} },
    spec: { podCIDR: cidr },
    status: {
      addresses: ip
        ? [
            { type: 'Hostname', address: name },
            { type: 'InternalIP', address: ip },
          ]
        : [],
    },
  });

test('every other node that is complete is a peer', () => {
  const nodes = [
    aNode('node-2'),
    aNode('node-1', { cidr: self.cidr, ip: self.nodeIp }),
    Node.fromPartial({}),
  ];
  expect(planPeers(nodes, self)).toEqual({
    peers: [{ node: 'node-2', cidr: '10.244.1.0/24', nodeIp: '172.18.0.3', mac: '02:00:00:00:00:01' }],
    refused: [],
  });
});

test.each([{ cidr: '' }, { ip: '' }, { mac: '' }])('without %j it is none yet', (lack) => {
  expect(planPeers([aNode('node-2', lack)], self)).toEqual({ peers: [], refused: [] });
});

test.each([
  [{ cidr: '10.244.1.0/24 dev eth0' }, 'is no range'],
  [{ cidr: '10.245.1.0/24' }, "is not in the cluster's range"],
  [{ cidr: '10.244.0.0/24' }, 'of node node-1'],
  [{ cidr: '10.244.0.0/16' }, 'of node node-1'],
  [{ ip: '172.18.0.2' }, 'of node node-1'],
  [{ ip: '10.244.3.3' }, 'is one of the pod network'],
  [{ ip: '::1' }, 'is no IPv4 address'],
  [{ mac: '02:00:00:00:00:01 dst 1.2.3.4' }, 'is no hardware address'],
])('%j is refused with a sentence', (wrong, reason) => {
  const { peers, refused } = planPeers([aNode('node-2', wrong)], self);
  expect(peers).toEqual([]);
  expect(refused).toEqual([expect.stringContaining(reason)]);
});

test('of two that claim the same, the older one is a peer, of two of one age the first by name', () => {
  const [two, three] = [aNode('node-2'), aNode('node-3', { ip: '172.18.0.4' })];
  const { peers, refused } = planPeers([three, two], self);
  expect(peers.map(({ node }) => node)).toEqual(['node-2']);
  if (two.metadata) two.metadata.creationTimestamp = { seconds: 9, nanos: 0 };
  expect(planPeers([two, three], self).peers.map(({ node }) => node)).toEqual(['node-3']);
  expect(refused).toEqual([expect.stringContaining('Node node-3 is no peer')]);
});

test('no text of a Node becomes part of a peer unless it is a range, an address and a hardware address', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (cidr, ip, mac) => {
      const { peers } = planPeers([aNode('node-2', { cidr, ip, mac })], self);
      return peers.every((peer) =>
        /^[\d./]+ [\d.]+ [0-9a-f:]+$/.test(`${peer.cidr} ${peer.nodeIp} ${peer.mac}`),
      );
    }),
  );
});
