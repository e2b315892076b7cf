/** The node's own part of the pod network: bridge, VXLAN device, route of last resort, rules. */
import type { Logger } from '@own-kube/process';
import type { Exec } from '../exec';
import { formatCidr, gatewayOf, parseCidr, type Cidr } from '../ipv4';
import type { Ipam } from '../ipam/ipam';
import type { Lease } from '../ipam/lease';
import { applyLines } from '../links/batch';
import { podMtu, vethName } from '../links/names';
import { observeNetwork, type SeenNetwork } from '../links/observe-node';
import { planDevices, type DeviceSettings } from '../links/plan-devices';
import type { PodWiring } from '../links/plan-pod';
import type { Metrics } from '../metrics';
import { applyRuleset } from '../nft/apply-ruleset';
import { buildRuleset } from '../nft/ruleset';

/** What it is made of. */
export interface NodeNetworkOptions {
  readonly exec: Exec;
  readonly ipam: Ipam;
  readonly clusterCidr: Cidr;
  readonly nodeIp: string;
  readonly uplink: string;
  readonly vtepMac: string;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** The node's devices. */
export interface NodeNetwork {
  /** Makes everything as it should be; returns what is there then, or undefined while the node has no range. */
  ensure(): Promise<SeenNetwork | undefined>;
  /** What the devices are; undefined until they were made. */
  readonly devices: DeviceSettings | undefined;
  /** What a pod of this lease should have; undefined until the node's devices were made. */
  wiringOf(lease: Pick<Lease, 'uid' | 'ip'>): PodWiring | undefined;
}

/** Makes a NodeNetwork that has done nothing yet. */
export function createNodeNetwork(options: NodeNetworkOptions): NodeNetwork {
  const { exec, ipam, clusterCidr, nodeIp, uplink, vtepMac, metrics, log } = options;
  let devices: DeviceSettings | undefined;

  async function ensure(): Promise<SeenNetwork | undefined> {
    const podCidr = ipam.cidr;
    const range = podCidr && parseCidr(podCidr);
    if (!range) return undefined;
    const before = await observeNetwork(exec);
    const mtu = podMtu(uplinkMtu(before));
    const want = { gateway: gatewayOf(range), clusterCidr, nodeIp, uplink, mtu, vtepMac };
    const after = await ensureDevices(want, before);
    await applyRuleset(exec, buildRuleset({ podCidr, clusterCidr: formatCidr(clusterCidr) }));
    devices = want;
    return after;
  }

  function uplinkMtu({ links }: SeenNetwork): number {
    const link = links.find(({ name }) => name === uplink);
    if (link) return link.mtu;
    const names = links.map(({ name }) => name).join(', ');
    throw new Error(
      `The node has no device ${uplink}, only ${names}: say which one leads to the other nodes by --uplink.`,
    );
  }

  /** What was asked for is read back: other programs on the machine may have their own idea of an address or an MTU. */
  async function ensureDevices(want: DeviceSettings, before: SeenNetwork): Promise<SeenNetwork> {
    const repairs = planDevices(want, before);
    if (repairs.length === 0) return before;
    for (const { reason } of repairs) log.info('the pod network of the node is put right', { reason });
    if (devices) metrics.repairs.inc({ what: 'device' }, repairs.length);
    await applyLines(
      exec,
      ['ip'],
      repairs.flatMap(({ lines }) => lines),
      'Could not make the pod network of the node',
    );
    const after = await observeNetwork(exec);
    const [still] = planDevices(want, after);
    if (still) throw new Error(`The pod network of the node is not what it was made: ${still.reason}.`);
    return after;
  }

  return {
    ensure,
    get devices() {
      return devices;
    },
    wiringOf: ({ uid, ip }) =>
      devices && { ip, gateway: devices.gateway, mtu: devices.mtu, veth: vethName(uid) },
  };
}
