import { parseCidr, type Cidr } from '../ipv4';
import type { Link, VxlanData } from './observe';
import { planDevices, type DeviceSettings } from './plan-devices';
import { aLink, aRoute } from './testing';

const want: DeviceSettings = {
  gateway: '10.244.1.1',
  clusterCidr: parseCidr('10.244.0.0/16') as Cidr,
  nodeIp: '172.18.0.2',
  uplink: 'eth0',
  mtu: 1450,
  vtepMac: '02:aa:bb:cc:dd:ee',
};
const bridge = (link: Partial<Link> = {}) =>
  aLink({ name: 'br0', kind: 'bridge', mac: '0a:58:0a:f4:01:01', addresses: ['10.244.1.1/32'], ...link });
const vxlan = (data: Partial<VxlanData> = {}, link: Partial<Link> = {}) =>
  aLink({
    name: 'vxlan10',
    kind: 'vxlan',
    mac: want.vtepMac,
    vxlan: { id: 10, port: 4789, local: '172.18.0.2', uplink: 'eth0', learning: false, ...data },
    ...link,
  });
const unreachable = aRoute({ dst: '10.244.0.0/16', type: 'unreachable' });
const reasons = (links: Link[], routes = [unreachable]) =>
  planDevices(want, { links, routes }).map(({ reason }) => reason);

test('from nothing, all of it is made', () => {
  expect(planDevices(want, { links: [], routes: [] }).flatMap(({ lines }) => lines)).toEqual([
    'link add name br0 mtu 1450 address 0a:58:0a:f4:01:01 type bridge',
    'addr add 10.244.1.1/32 dev br0',
    'link set dev br0 up',
    'link add name vxlan10 mtu 1450 address 02:aa:bb:cc:dd:ee type vxlan id 10 dstport 4789 local 172.18.0.2 dev eth0 nolearning',
    'link set dev vxlan10 up',
    'route replace unreachable 10.244.0.0/16',
  ]);
});

test('what is as it should be stays', () => {
  expect(reasons([bridge(), vxlan()])).toEqual([]);
});

test.each<[string, Partial<VxlanData>]>([
  ['its VNI is 1 and not 10', { id: 1 }],
  ['its port is 8472 and not 4789', { port: 8472 }],
  ['its local address is none and not 172.18.0.2', { local: undefined }],
  ['its uplink is eth1 and not eth0', { uplink: 'eth1' }],
  ['it learns from packets', { learning: true }],
])('a vxlan device is replaced because %s', (reason, data) => {
  const [repair, ...rest] = planDevices(want, { links: [bridge(), vxlan(data)], routes: [unreachable] });
  expect(repair?.reason).toBe(`vxlan10: ${reason}`);
  expect(repair?.lines[0]).toBe('link del dev vxlan10');
  expect(rest).toEqual([]);
});

test.each<[string, Link[]]>([
  ['br0: it is veth and not a bridge', [bridge({ kind: 'veth' }), vxlan()]],
  ['br0: its MTU is 1500 and not 1450', [bridge({ mtu: 1500 }), vxlan()]],
  [
    'br0: its address is 02:00:00:00:00:01 and not 0a:58:0a:f4:01:01',
    [bridge({ mac: '02:00:00:00:00:01' }), vxlan()],
  ],
  ['br0: it is down', [bridge({ up: false }), vxlan()]],
  [
    'vxlan10: its address is 02:00:00:00:00:01 and not 02:aa:bb:cc:dd:ee',
    [bridge(), vxlan({}, { mac: '02:00:00:00:00:01' })],
  ],
  ['vxlan10: its MTU is 1500 and not 1450', [bridge(), vxlan({}, { mtu: 1500 })]],
])('%s', (reason, links) => {
  expect(reasons(links)).toEqual([reason]);
});

test('the gateway of a former range goes', () => {
  expect(reasons([bridge({ addresses: ['10.244.9.1/32'] }), vxlan()])).toEqual([
    'br0: it lacks 10.244.1.1/32',
    'br0: 10.244.9.1/32 is not its own',
  ]);
});

test('the cluster range has a route of last resort', () => {
  expect(reasons([bridge(), vxlan()], [aRoute()])).toEqual([
    '10.244.0.0/16: it is not unreachable by itself',
  ]);
});
