/** A pod's devices: what they should be, the lines that make them, and what is wrong with those that are there. */
import { bridgeName, macOfIp } from './names';
import type { Link, Route } from './observe';
import type { Repair } from './plan-devices';

/** What one pod should have. */
export interface PodWiring {
  readonly ip: string;
  readonly gateway: string;
  readonly mtu: number;
  /** The node's end of the pair. */
  readonly veth: string;
}

/** The pod's end, as Docker and Kubernetes name it. */
const podDevice = 'eth0';

/** Devices that are about to be deleted: the kernel takes a whole group in about the time that one device takes. */
const doomedGroup = 28523;

/** In the node: the pair, its port on the bridge, and the way to the pod. */
export const attachLines = ({ ip, gateway, mtu, veth }: PodWiring, netns: string): string[] => [
  `link add name ${veth} mtu ${mtu} master ${bridgeName} up type veth ` +
    `peer name ${podDevice} mtu ${mtu} address ${macOfIp(ip)} netns ${netns}`,
  isolateLine(veth),
  routeLine(ip, gateway),
];

/** In the pod: everything that it sends goes to the gateway, also what is for a neighbour on the bridge. */
export const podLines = ({ ip, gateway }: PodWiring): string[] => [
  'link set dev lo up',
  `link set dev ${podDevice} up`,
  `addr add ${ip}/32 dev ${podDevice}`,
  `route add default via ${gateway} dev ${podDevice} onlink`,
];

/** In the pod: takes away what a former attach left. */
export const podRemovalLines = (): string[] => [`link del dev ${podDevice}`];

/** In the node: takes the devices and ways of pods away. The pods' ends go with them. */
export const detachLines = (pods: readonly Pick<PodWiring, 'ip' | 'veth'>[]): string[] => [
  ...pods.map(({ ip }) => `route del ${ip}/32 dev ${bridgeName}`),
  ...removeVethLines(pods.map(({ veth }) => veth)),
];

/** In the node: takes pairs away. */
export const removeVethLines = (veths: readonly string[]): string[] =>
  veths.length === 1
    ? [`link del dev ${veths[0]}`]
    : [...veths.map((veth) => `link set dev ${veth} group ${doomedGroup}`), `link del group ${doomedGroup}`];

/** Pods speak to the bridge alone, so that nothing goes past the node's routing, conntrack and rules. */
const isolateLine = (veth: string): string => `link set dev ${veth} type bridge_slave isolated on`;

const routeLine = (ip: string, gateway: string): string =>
  `route replace ${ip}/32 dev ${bridgeName} scope link src ${gateway}`;

/** What is there of one pod. */
export interface SeenPod {
  readonly nodeLinks: readonly Link[];
  readonly podLinks: readonly Link[];
  readonly podRoutes: readonly Route[];
}

/** Why a pod's pair must be made anew; undefined where it is as it should be. */
export function diffPair({ ip, gateway, mtu, veth }: PodWiring, seen: SeenPod): string | undefined {
  const node = seen.nodeLinks.find(({ name }) => name === veth);
  const pod = findPodDevice(seen);
  if (!node) return `${veth} is not there`;
  if (!pod) return `the pod has no ${podDevice}`;
  if (node.peerIndex !== pod.index || pod.peerIndex !== node.index)
    return `${veth} is not the other end of the pod's ${podDevice}`;
  if (pod.mac !== macOfIp(ip)) return `${podDevice} has the hardware address ${pod.mac}`;
  if (!pod.addresses.includes(`${ip}/32`)) return `${podDevice} does not have the address ${ip}`;
  if (pod.mtu !== mtu) return `${podDevice} has the MTU ${pod.mtu} and not ${mtu}`;
  if (!pod.up) return `${podDevice} is down`;
  const isDefault = ({ dst, via, dev }: Route) => dst === 'default' && via === gateway && dev === podDevice;
  return seen.podRoutes.some(isDefault) ? undefined : `the pod has no default route via ${gateway}`;
}

/** The pod's eth0, whoever made it. */
export const findPodDevice = ({ podLinks }: Pick<SeenPod, 'podLinks'>): Link | undefined =>
  podLinks.find(({ name }) => name === podDevice);

/** Whether a pod's device is one of ours, and may be taken away. */
export const isOurs = ({ kind, mac }: Link): boolean => kind === 'veth' && mac.startsWith('0a:58:');

/** What is to be done in the node for a pod whose pair is there. */
export function planPort(
  { ip, gateway, mtu, veth }: PodWiring,
  have: { readonly links: readonly Link[]; readonly routes: readonly Route[] },
): Repair[] {
  const link = have.links.find(({ name }) => name === veth);
  if (!link) return [];
  const repair = (reason: string, line: string): Repair => ({ reason: `${veth}: ${reason}`, lines: [line] });
  const isWay = ({ dst, dev, src }: Route) => dst === ip && dev === bridgeName && src === gateway;
  const joins = link.master !== bridgeName;
  return [
    ...(joins ? [repair(`it is no port of ${bridgeName}`, `link set dev ${veth} master ${bridgeName}`)] : []),
    ...(joins || !link.isolated
      ? [repair('it reaches its neighbours past the node', isolateLine(veth))]
      : []),
    ...(link.mtu === mtu
      ? []
      : [repair(`its MTU is ${link.mtu} and not ${mtu}`, `link set dev ${veth} mtu ${mtu}`)]),
    ...(link.up ? [] : [repair('it is down', `link set dev ${veth} up`)]),
    ...(have.routes.some(isWay) ? [] : [repair(`no way to ${ip}`, routeLine(ip, gateway))]),
  ];
}
