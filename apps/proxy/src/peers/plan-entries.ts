/**
 * The three entries of each peer and the lines that bring them about. The order matters: a peer's route comes last and
 * goes first, so that the kernel never has a way to a node whose hardware address it would have to ask for.
 */
import { vxlanName } from '../links/names';
import type { Entry, Route } from '../links/observe';
import type { Peer } from './plan-peers';

/** What vxlan10 has. */
export interface SeenEntries {
  readonly neighbours: readonly Entry[];
  readonly forwarding: readonly Entry[];
  readonly routes: readonly Route[];
}

/** Three batches, to be run in this order. */
export interface EntryPlan {
  /** For `ip`: old routes, new neighbours. */
  readonly first: readonly string[];
  /** For `bridge`: the forwarding entries. */
  readonly second: readonly string[];
  /** For `ip`: old neighbours, new routes. */
  readonly third: readonly string[];
}

/** What is to be done so that vxlan10 has the entries of these peers and no others. */
export function planEntries(peers: readonly Peer[], seen: SeenEntries, gateway: string): EntryPlan {
  const neighbours = diff(
    peers.map(({ cidr, mac }) => ({ key: hopOf(cidr), value: mac })),
    seen.neighbours,
  );
  const forwarding = diff(
    peers.map(({ mac, nodeIp }) => ({ key: mac, value: nodeIp })),
    seen.forwarding,
  );
  const routes = diff(
    peers.map(({ cidr }) => ({ key: cidr, value: `${hopOf(cidr)} ${gateway}` })),
    seen.routes.map(({ dst, via = '', src = '' }) => ({ key: dst, value: `${via} ${src}` })),
  );
  return {
    first: [
      ...routes.remove.map(({ key }) => `route del ${key} dev ${vxlanName}`),
      ...neighbours.add.map(
        ({ key, value }) => `neigh replace ${key} lladdr ${value} dev ${vxlanName} nud permanent`,
      ),
    ],
    second: [
      ...forwarding.remove.map(({ key, value }) => `fdb del ${key} dev ${vxlanName} dst ${value} self`),
      ...forwarding.add.map(
        ({ key, value }) => `fdb replace ${key} dev ${vxlanName} dst ${value} self permanent`,
      ),
    ],
    third: [
      ...neighbours.remove.map(({ key }) => `neigh del ${key} dev ${vxlanName}`),
      ...routes.add.map(
        // The node speaks to pods by its own address in the pod network, to which they know the way back.
        ({ key }) => `route replace ${key} via ${hopOf(key)} dev ${vxlanName} onlink src ${gateway}`,
      ),
    ],
  };
}

/** The next hop to a range is the range's own first address, which no pod has. */
const hopOf = (cidr: string): string => cidr.split('/')[0] ?? '';

/** `remove`: keys that are no longer wanted. A key with another value is only added: it is replaced in one step. */
function diff(want: readonly Entry[], have: readonly Entry[]): { add: Entry[]; remove: Entry[] } {
  const wanted = new Map(want.map(({ key, value }) => [key, value]));
  const there = new Map(have.map(({ key, value }) => [key, value]));
  return {
    add: want.filter(({ key, value }) => there.get(key) !== value),
    remove: have.filter(({ key }) => !wanted.has(key)),
  };
}
