import { readFile } from 'node:fs/promises';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/**
 * The address by which other nodes reach this one: that of the device of the default route.
 * @throws an Error with a sentence when there is none.
 */
export async function uplinkAddress(): Promise<string> {
  const device = defaultRouteDevice(await readFile('/proc/net/route', 'utf8'));
  const address = device && ipv4Of(networkInterfaces()[device]);
  if (address) return address;
  throw new Error('This node has no IPv4 address on the device of its default route: set --node-ip.');
}

/** The device of the default route with the least metric, from the text of /proc/net/route. */
export function defaultRouteDevice(text: string): string | undefined {
  const routes = text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, destination, , , , , , mask]) => destination === '00000000' && mask === '00000000');
  return routes.sort((a, b) => Number(a[6]) - Number(b[6]))[0]?.[0];
}

const ipv4Of = (addresses: readonly NetworkInterfaceInfo[] | undefined): string | undefined =>
  addresses?.find(({ family }) => family === 'IPv4')?.address;
