/** From the Nodes: which other nodes there are, by which address and hardware address, and for which range. */
import type { Node } from '@own-kube/api';
import { isMac } from '../links/names';
import { contains, containsCidr, overlaps, parseCidr, parseIp, type Cidr } from '../ipv4';

/** Another node. */
export interface Peer {
  readonly node: string;
  /** The range of its pods. */
  readonly cidr: string;
  /** Its address in the network that carries the others. */
  readonly nodeIp: string;
  /** The hardware address of its vxlan10. */
  readonly mac: string;
}

/** Peers to have, and Nodes that cannot be one though they say they are ready to. */
export interface PeerPlan {
  readonly peers: readonly Peer[];
  /** A sentence for each. */
  readonly refused: readonly string[];
}

/** The annotation by which a node tells the hardware address of its vxlan10. */
export const vtepMacAnnotation = 'own-kube.io/vtep-mac';

/** This node. */
export interface Self {
  readonly nodeName: string;
  readonly nodeIp: string;
  readonly cidr: string;
  readonly clusterCidr: Cidr;
}

/** Which peers this node should have. Nodes that lack something yet are none yet. */
export function planPeers(nodes: readonly Node[], self: Self): PeerPlan {
  const peers: Peer[] = [];
  const refused: string[] = [];
  // Whoever was there first keeps what two of them say to have: no later Node can draw its traffic away.
  const sorted = [...nodes].sort((a, b) => bornAt(a) - bornAt(b) || nameOf(a).localeCompare(nameOf(b)));
  for (const node of sorted) {
    const peer = peerOf(node);
    if (!peer || peer.node === self.nodeName) continue;
    const reason = refuse(peer, self, peers);
    if (reason) refused.push(`Node ${peer.node} is no peer: ${reason}.`);
    else peers.push(peer);
  }
  return { peers, refused };
}

const bornAt = (node: Node): number => node.metadata?.creationTimestamp?.seconds ?? 0;

const nameOf = (node: Node): string => node.metadata?.name ?? '';

function peerOf(node: Node): Peer | undefined {
  const cidr = node.spec?.podCIDR;
  const mac = node.metadata?.annotations[vtepMacAnnotation];
  const nodeIp = node.status?.addresses.find(({ type }) => type === 'InternalIP')?.address;
  return cidr && mac && nodeIp ? { node: nameOf(node), cidr, nodeIp, mac } : undefined;
}

/** What is wrong with a peer. Nothing of a Node comes to a command that was not checked here. */
function refuse({ cidr, nodeIp, mac }: Peer, self: Self, others: readonly Peer[]): string | undefined {
  const range = parseCidr(cidr);
  const address = parseIp(nodeIp);
  if (!range) return `its podCIDR ${JSON.stringify(cidr)} is no range`;
  if (address === undefined) return `its address ${JSON.stringify(nodeIp)} is no IPv4 address`;
  if (!isMac(mac)) return `its ${vtepMacAnnotation} ${JSON.stringify(mac)} is no hardware address`;
  if (!containsCidr(self.clusterCidr, range)) return `its podCIDR ${cidr} is not in the cluster's range`;
  if (contains(self.clusterCidr, address)) return `its address ${nodeIp} is one of the pod network`;
  const taken = [{ node: self.nodeName, ...self, mac: '' }, ...others];
  const clash = taken.find((other) => {
    const theirs = parseCidr(other.cidr);
    return (theirs && overlaps(theirs, range)) || other.nodeIp === nodeIp || other.mac === mac;
  });
  return clash && `it has the range, address or hardware address of node ${clash.node}`;
}
