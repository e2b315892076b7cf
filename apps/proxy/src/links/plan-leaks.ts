/** What of ours is in the node and belongs to no lease. */
import { bridgeName, isVethName } from './names';
import type { SeenNetwork } from './observe-node';
import { removeVethLines } from './plan-pod';

/** A pod that has a lease, by its address and the name of its device. */
export interface Leased {
  readonly ip: string;
  readonly veth: string;
}

/** What is to go. */
export interface Leaks {
  readonly veths: readonly string[];
  /** Addresses to which the bridge has a way. */
  readonly ways: readonly string[];
}

/** Finds the devices and ways of pods that are no longer attached. */
export function planLeaks({ links, routes }: SeenNetwork, leased: readonly Leased[]): Leaks {
  const veths = new Set(leased.map(({ veth }) => veth));
  const ips = new Set(leased.map(({ ip }) => ip));
  return {
    veths: links
      .filter(({ kind, name }) => kind === 'veth' && isVethName(name) && !veths.has(name))
      .map(({ name }) => name),
    ways: routes.filter(({ dst, dev }) => dev === bridgeName && !ips.has(dst)).map(({ dst }) => dst),
  };
}

/** The lines that take leaks away. */
export const leakLines = ({ veths, ways }: Leaks): string[] => [
  ...ways.map((way) => `route del ${way} dev ${bridgeName}`),
  ...(veths.length > 0 ? removeVethLines(veths) : []),
];
