import type { Violation } from '@own-kube/api';
import { BlockList, isIP } from 'node:net';

interface Network {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly length: number;
}

/** Reads "10.0.0.0/8" or "2001:db8::/32"; undefined if it is no network. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', bits = '', ...rest] = text.split('/');
  const version = isIP(address);
  const length = Number(bits);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits) || length > (version === 4 ? 32 : 128))
    return undefined;
  return { address, family: version === 4 ? 'ipv4' : 'ipv6', length };
}

/** Whether a network is a part of another, and not the whole of it. */
export function isWithin(part: Network, whole: Network): boolean {
  if (part.family !== whole.family || part.length <= whole.length) return false;
  const list = new BlockList();
  list.addSubnet(whole.address, whole.length, whole.family);
  return list.check(part.address, part.family);
}

export const checkNetwork = (text: string, field: string): Violation[] =>
  parseNetwork(text) ? [] : [{ field, description: `"${text}" must be a network, as "10.1.0.0/16"` }];

export const checkIp = (text: string, field: string): Violation[] =>
  isIP(text) ? [] : [{ field, description: `"${text}" must be an IP address` }];

/** Networks whose addresses mean something only on one machine or one link. */
const special: readonly (readonly [string, string])[] = [
  ['0.0.0.0/32', 'must not be the unspecified address'],
  ['::/128', 'must not be the unspecified address'],
  ['127.0.0.0/8', 'must not be a loopback address'],
  ['::1/128', 'must not be a loopback address'],
  ['169.254.0.0/16', 'must not be a link-local address'],
  ['fe80::/10', 'must not be a link-local address'],
  ['224.0.0.0/24', 'must not be a link-local multicast address'],
  ['ff02::/10', 'must not be a link-local multicast address'],
];

/** An address that others could reach. */
export function checkOrdinaryIp(text: string, field: string): Violation[] {
  const version = isIP(text);
  if (version === 0) return checkIp(text, field);
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return special.flatMap(([network, description]) => {
    const { address, length, family: its } = parseNetwork(network)!;
    const list = new BlockList();
    list.addSubnet(address, length, its);
    return its === family && list.check(text, family)
      ? [{ field, description: `"${text}" ${description}` }]
      : [];
  });
}
