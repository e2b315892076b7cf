import {
  attachLines,
  detachLines,
  diffPair,
  isOurs,
  planPort,
  podLines,
  type PodWiring,
  type SeenPod,
} from './plan-pod';
import { aLink, aRoute } from './testing';
import type { Link } from './observe';

const want: PodWiring = { ip: '10.244.1.7', gateway: '10.244.1.1', mtu: 1450, veth: 'veth0123456789a' };
const veth = (link: Partial<Link> = {}) =>
  aLink({ index: 9, name: want.veth, kind: 'veth', master: 'br0', isolated: true, peerIndex: 2, ...link });
const eth0 = (link: Partial<Link> = {}) =>
  aLink({
    index: 2,
    kind: 'veth',
    peerIndex: 9,
    mac: '0a:58:0a:f4:01:07',
    addresses: ['10.244.1.7/32'],
    ...link,
  });
const seen = (part: Partial<SeenPod> = {}): SeenPod => ({
  nodeLinks: [veth()],
  podLinks: [eth0()],
  podRoutes: [aRoute({ dst: 'default', via: '10.244.1.1', dev: 'eth0' })],
  ...part,
});

test('a pod is attached in two batches', () => {
  expect(attachLines(want, '/proc/self/fd/3')).toEqual([
    'link add name veth0123456789a mtu 1450 master br0 up type veth peer name eth0 mtu 1450 address 0a:58:0a:f4:01:07 netns /proc/self/fd/3',
    'link set dev veth0123456789a type bridge_slave isolated on',
    'route replace 10.244.1.7/32 dev br0 scope link src 10.244.1.1',
  ]);
  expect(podLines(want)).toEqual([
    'link set dev lo up',
    'link set dev eth0 up',
    'addr add 10.244.1.7/32 dev eth0',
    'route add default via 10.244.1.1 dev eth0 onlink',
  ]);
});

test('one pod is detached by name, several as a group', () => {
  expect(detachLines([want])).toEqual(['route del 10.244.1.7/32 dev br0', 'link del dev veth0123456789a']);
  expect(detachLines([want, { ip: '10.244.1.8', veth: 'vethb' }])).toEqual([
    'route del 10.244.1.7/32 dev br0',
    'route del 10.244.1.8/32 dev br0',
    'link set dev veth0123456789a group 28523',
    'link set dev vethb group 28523',
    'link del group 28523',
  ]);
});

test('a pair that is as it should be stays', () => {
  expect(diffPair(want, seen())).toBeUndefined();
});

test.each<[string, Partial<SeenPod>]>([
  ['veth0123456789a is not there', { nodeLinks: [] }],
  ['the pod has no eth0', { podLinks: [aLink({ name: 'lo' })] }],
  ["veth0123456789a is not the other end of the pod's eth0", { podLinks: [eth0({ peerIndex: 8 })] }],
  ["veth0123456789a is not the other end of the pod's eth0", { nodeLinks: [veth({ peerIndex: 3 })] }],
  ['eth0 has the hardware address 02:00:00:00:00:01', { podLinks: [eth0({ mac: '02:00:00:00:00:01' })] }],
  ['eth0 does not have the address 10.244.1.7', { podLinks: [eth0({ addresses: ['10.244.1.8/32'] })] }],
  ['eth0 has the MTU 1500 and not 1450', { podLinks: [eth0({ mtu: 1500 })] }],
  ['eth0 is down', { podLinks: [eth0({ up: false })] }],
  ['the pod has no default route via 10.244.1.1', { podRoutes: [] }],
])('%s', (reason, part) => {
  expect(diffPair(want, seen(part))).toBe(reason);
});

test("only what looks like ours is taken away in a pod's namespace", () => {
  expect(isOurs(eth0())).toBe(true);
  expect(isOurs(eth0({ mac: '02:42:ac:11:00:02' }))).toBe(false);
  expect(isOurs(eth0({ kind: undefined }))).toBe(false);
});

const way = aRoute({ dst: '10.244.1.7', dev: 'br0', src: '10.244.1.1' });

test.each<[string[], Partial<Link>]>([
  [[], {}],
  [['it is no port of br0', 'it reaches its neighbours past the node'], { master: undefined }],
  [['it reaches its neighbours past the node'], { isolated: false }],
  [['its MTU is 1500 and not 1450'], { mtu: 1500 }],
  [['it is down'], { up: false }],
])("a port's repairs: %j", (reasons, link) => {
  const repairs = planPort(want, { links: [veth(link)], routes: [way] });
  expect(repairs.map(({ reason }) => reason)).toEqual(reasons.map((reason) => `${want.veth}: ${reason}`));
});

test('a way that is gone comes back; for a pod without devices there is nothing to do', () => {
  expect(planPort(want, { links: [veth()], routes: [] })).toHaveLength(1);
  expect(planPort(want, { links: [], routes: [] })).toEqual([]);
});
