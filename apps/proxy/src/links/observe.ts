/** What `ip -j` and `bridge -j` print, as values of our own. */

/** A network device. */
export interface Link {
  readonly index: number;
  readonly name: string;
  /** "bridge", "vxlan", "veth"; undefined for a plain device. */
  readonly kind: string | undefined;
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  /** The bridge it is a port of. */
  readonly master: string | undefined;
  /** Whether, as a port, it speaks to the bridge alone. */
  readonly isolated: boolean;
  /** The index of the other end of a veth pair, in that end's namespace. */
  readonly peerIndex: number | undefined;
  readonly vxlan: VxlanData | undefined;
  /** IPv4 addresses with prefix, where they were asked for. */
  readonly addresses: readonly string[];
}

/** What a VXLAN device was made with. */
export interface VxlanData {
  readonly id: number;
  readonly port: number;
  readonly local: string | undefined;
  readonly uplink: string | undefined;
  readonly learning: boolean;
}

/** An IPv4 route of the main table. */
export interface Route {
  /** "10.244.2.0/24", "10.244.1.7" (a single address has no prefix), "default". */
  readonly dst: string;
  /** "unicast", "unreachable", ... */
  readonly type: string;
  readonly dev: string | undefined;
  readonly via: string | undefined;
  readonly src: string | undefined;
}

/** A permanent entry: a neighbour's hardware address, or the node behind a hardware address. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

interface RawLink {
  ifindex: number;
  ifname: string;
  link_index?: number;
  link?: string;
  address?: string;
  mtu: number;
  flags: string[];
  master?: string;
  linkinfo?: { info_kind?: string; info_data?: RawVxlan; info_slave_data?: { isolated?: boolean } };
  addr_info?: { family: string; local: string; prefixlen: number }[];
}

interface RawVxlan {
  id?: number;
  port?: number;
  local?: string;
  link?: string;
  learning?: boolean;
}

/** Reads `ip -j -d link show` or `ip -j -d addr show`. */
export function parseLinks(json: string): Link[] {
  // A device that is asked for by name and is not there leaves an empty object in older versions.
  return parseList<RawLink>(json)
    .filter(({ ifname }) => ifname)
    .map((raw) => ({
      index: raw.ifindex,
      name: raw.ifname,
      kind: raw.linkinfo?.info_kind,
      mac: raw.address ?? '',
      mtu: raw.mtu,
      up: raw.flags.includes('UP'),
      master: raw.master,
      isolated: raw.linkinfo?.info_slave_data?.isolated ?? false,
      peerIndex: raw.link_index,
      vxlan: raw.linkinfo?.info_kind === 'vxlan' ? vxlanOf(raw.linkinfo.info_data ?? {}) : undefined,
      addresses: (raw.addr_info ?? [])
        .filter(({ family }) => family === 'inet')
        .map(({ local, prefixlen }) => `${local}/${prefixlen}`),
    }));
}

const vxlanOf = ({ id, port, local, link, learning }: RawVxlan): VxlanData => ({
  id: id ?? 0,
  port: port ?? 0,
  local,
  uplink: link,
  learning: learning ?? false,
});

/** Reads `ip -j route show`. */
export const parseRoutes = (json: string): Route[] =>
  parseList<{ dst: string; type?: string; dev?: string; gateway?: string; prefsrc?: string }>(json).map(
    ({ dst, type, dev, gateway, prefsrc }) => ({
      dst,
      type: type ?? 'unicast',
      dev,
      via: gateway,
      src: prefsrc,
    }),
  );

/** Reads the permanent ones of `ip -j neigh show`: address -> hardware address. */
export const parseNeighbours = (json: string): Entry[] =>
  parseList<{ dst: string; lladdr?: string; state: string[] }>(json).flatMap(({ dst, lladdr, state }) =>
    state.includes('PERMANENT') && lladdr ? [{ key: dst, value: lladdr }] : [],
  );

/** Reads the permanent ones of `bridge -j fdb show` that have a destination: hardware address -> node. */
export const parseForwarding = (json: string): Entry[] =>
  parseList<{ mac: string; dst?: string; state?: string }>(json).flatMap(({ mac, dst, state }) =>
    state === 'permanent' && dst ? [{ key: mac, value: dst }] : [],
  );

const parseList = <T>(json: string): T[] => (json.trim() ? (JSON.parse(json) as T[]) : []);
