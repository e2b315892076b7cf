/** Names and hardware addresses of our devices. All are derived, so that a device says whose it is. */
import { createHash } from 'node:crypto';
import { parseIp } from '../ipv4';

/** The bridge that holds the gateway address. */
export const bridgeName = 'br0';

/** The way to the other nodes. */
export const vxlanName = 'vxlan10';

/** What VXLAN puts around a packet: outer IP, UDP and VXLAN headers, and the inner Ethernet header. */
const vxlanOverhead = 50;

/** The MTU of every device of the pod network. */
export const podMtu = (uplinkMtu: number): number => uplinkMtu - vxlanOverhead;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The node's end of a pod's veth pair: 15 characters, the most that a name may have. */
export const vethName = (podUid: string): string => `veth${hash(podUid).slice(0, 11)}`;

/** Whether a name is one that vethName makes. */
export const isVethName = (name: string): boolean => /^veth[0-9a-f]{11}$/.test(name);

/** The VXLAN device's hardware address: the node's for all time, whatever becomes of the device. */
export const vtepMac = (nodeName: string): string =>
  ['02', ...(hash(nodeName).slice(0, 10).match(/../g) ?? [])].join(':');

/**
 * The hardware address of whoever has this address in the pod network. The next owner of an address has the same, so
 * that what others remember of the address stays true.
 */
export const macOfIp = (ip: string): string => {
  const hex = (parseIp(ip) ?? 0).toString(16).padStart(8, '0');
  return ['0a', '58', ...(hex.match(/../g) ?? [])].join(':');
};

/** Whether a text is a hardware address in its plain form. */
export const isMac = (text: string): boolean => /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(text);
