/** The node's own address. */
import type { Exec } from '../exec';
import { observeNetwork } from '../links/observe-node';

/** The first IPv4 address of a device, without its prefix. */
export async function addressOf(exec: Exec, device: string): Promise<string> {
  const { links } = await observeNetwork(exec);
  const [address] = links.find(({ name }) => name === device)?.addresses ?? [];
  if (address) return address.replace(/\/.*/, '');
  throw new Error(
    `The device ${device} has no IPv4 address: say which device leads to the other nodes by --uplink, or the address by --node-ip.`,
  );
}
