/** The node's own devices and routes: what they should be, and the lines that make them so. */
import { formatCidr, type Cidr } from '../ipv4';
import { bridgeName, macOfIp, vxlanName } from './names';
import type { Link, Route } from './observe';

/** What the node's devices should be. */
export interface DeviceSettings {
  /** "10.244.1.1" */
  readonly gateway: string;
  readonly clusterCidr: Cidr;
  /** The node's address in the network that carries the others. */
  readonly nodeIp: string;
  /** The device of that network. */
  readonly uplink: string;
  /** The MTU of every device of the pod network. */
  readonly mtu: number;
  /** The hardware address of vxlan10. */
  readonly vtepMac: string;
}

/** A change that is needed, and why. */
export interface Repair {
  /** "br0: its MTU is 1500 and not 1450" */
  readonly reason: string;
  readonly lines: readonly string[];
}

const vxlanId = 10;
const vxlanPort = 4789;

/** What is to be done so that bridge, VXLAN device and the route of last resort are as they should be. */
export function planDevices(
  want: DeviceSettings,
  have: { readonly links: readonly Link[]; readonly routes: readonly Route[] },
): Repair[] {
  const find = (name: string) => have.links.find((link) => link.name === name);
  return [
    ...planDevice(bridgeName, find(bridgeName), {
      mustReplace: diffBridge,
      add: `link add name ${bridgeName} mtu ${want.mtu} address ${macOfIp(want.gateway)} type bridge`,
      mac: macOfIp(want.gateway),
      mtu: want.mtu,
      addresses: [`${want.gateway}/32`],
    }),
    ...planDevice(vxlanName, find(vxlanName), {
      mustReplace: (link) => diffVxlan(want, link),
      add:
        `link add name ${vxlanName} mtu ${want.mtu} address ${want.vtepMac} type vxlan id ${vxlanId} ` +
        `dstport ${vxlanPort} local ${want.nodeIp} dev ${want.uplink} nolearning`,
      mac: want.vtepMac,
      mtu: want.mtu,
      addresses: [],
    }),
    ...planUnreachable(formatCidr(want.clusterCidr), have.routes),
  ];
}

interface DeviceWish {
  /** Why a device that is there cannot become what is wanted. */
  readonly mustReplace: (link: Link) => string | undefined;
  readonly add: string;
  readonly mac: string;
  readonly mtu: number;
  readonly addresses: readonly string[];
}

function planDevice(name: string, have: Link | undefined, want: DeviceWish): Repair[] {
  const reason = have ? want.mustReplace(have) : 'it is not there';
  if (reason === undefined && have) return planProperties(name, have, want);
  return [
    {
      reason: `${name}: ${reason}`,
      lines: [
        ...(have ? [`link del dev ${name}`] : []),
        want.add,
        ...want.addresses.map((address) => `addr add ${address} dev ${name}`),
        `link set dev ${name} up`,
      ],
    },
  ];
}

function planProperties(name: string, have: Link, want: DeviceWish): Repair[] {
  const set = (reason: string, line: string): Repair => ({ reason: `${name}: ${reason}`, lines: [line] });
  const missing = want.addresses.filter((address) => !have.addresses.includes(address));
  const extra = have.addresses.filter((address) => !want.addresses.includes(address));
  return [
    ...(have.mac === want.mac
      ? []
      : [set(`its address is ${have.mac} and not ${want.mac}`, `link set dev ${name} address ${want.mac}`)]),
    ...(have.mtu === want.mtu
      ? []
      : [set(`its MTU is ${have.mtu} and not ${want.mtu}`, `link set dev ${name} mtu ${want.mtu}`)]),
    ...missing.map((address) => set(`it lacks ${address}`, `addr add ${address} dev ${name}`)),
    ...extra.map((address) => set(`${address} is not its own`, `addr del ${address} dev ${name}`)),
    ...(have.up ? [] : [set('it is down', `link set dev ${name} up`)]),
  ];
}

/** Why a device is not the bridge that we want and cannot become it. */
export const diffBridge = (have: Link): string | undefined =>
  have.kind === 'bridge' ? undefined : `it is ${have.kind ?? 'a plain device'} and not a bridge`;

/** Why a device is not the VXLAN device that we want and cannot become it. */
export function diffVxlan(want: DeviceSettings, { kind, vxlan }: Link): string | undefined {
  if (!vxlan) return `it is ${kind ?? 'a plain device'} and not a vxlan`;
  if (vxlan.id !== vxlanId) return `its VNI is ${vxlan.id} and not ${vxlanId}`;
  if (vxlan.port !== vxlanPort) return `its port is ${vxlan.port} and not ${vxlanPort}`;
  if (vxlan.local !== want.nodeIp)
    return `its local address is ${vxlan.local ?? 'none'} and not ${want.nodeIp}`;
  if (vxlan.uplink !== want.uplink) return `its uplink is ${vxlan.uplink ?? 'none'} and not ${want.uplink}`;
  return vxlan.learning ? 'it learns from packets' : undefined;
}

/** What no pod and no other node has is refused at once, and never leaves by the default route. */
function planUnreachable(cidr: string, routes: readonly Route[]): Repair[] {
  const have = routes.find(({ dst, dev }) => dst === cidr && dev === undefined);
  if (have?.type === 'unreachable') return [];
  return [
    { reason: `${cidr}: it is not unreachable by itself`, lines: [`route replace unreachable ${cidr}`] },
  ];
}
