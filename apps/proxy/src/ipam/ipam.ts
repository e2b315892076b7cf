/** Who has which address of the node: decided in memory at once, told only when it is on disk. */
import { ApiError } from '@own-kube/api';
import { contains, formatIp, parseCidr, parseIp } from '../ipv4';
import { openJournal } from './journal';
import { leaseFormat, type Lease, type LeaseOwner } from './lease';
import { createPool, type Pool } from './pool';

/** The addresses of the node's pods. Calls for one uid must not overlap; the caller holds a lock for each pod. */
export interface Ipam {
  /** The range of the node's pods; undefined until one is claimed. */
  readonly cidr: string | undefined;
  readonly used: number;
  readonly free: number;
  get(uid: string): Lease | undefined;
  list(): Lease[];
  /** Returns the owner's address: the one it has, or the next free one. On disk when it resolves. */
  lease(owner: LeaseOwner): Promise<Lease>;
  /** Gives an owner's address back. An owner that has none is no error. */
  release(uid: string): Promise<void>;
  /** Makes this the node's range. Leases outside of it are dropped, and returned. */
  useCidr(cidr: string): Promise<Lease[]>;
  close(): Promise<void>;
}

/** Opens the leases in a file, or starts with none. */
export async function openIpam(path: string, clock: { now(): number }): Promise<Ipam> {
  const journal = await openJournal(path, leaseFormat);
  const leases = new Map(journal.state.leases);
  let pool = poolOf(journal.state.cidr, journal.state.last, leases.values());

  async function leaseNew(owner: LeaseOwner): Promise<Lease> {
    const ip = pool?.take();
    if (!pool || ip === undefined) throw noAddress(journal.state.cidr, pool);
    const lease = { ...owner, ip: formatIp(ip), attachedAt: clock.now() };
    leases.set(owner.uid, lease);
    try {
      await journal.append({ op: 'lease', lease });
    } catch (error) {
      leases.delete(owner.uid);
      pool.release(ip);
      throw error;
    }
    return lease;
  }

  async function leaseAgain(had: Lease, owner: LeaseOwner): Promise<Lease> {
    if (had.pid === owner.pid && had.startTime === owner.startTime) return had;
    const lease = { ...had, ...owner, attachedAt: clock.now() };
    await journal.append({ op: 'lease', lease });
    leases.set(owner.uid, lease);
    return lease;
  }

  return {
    get cidr() {
      return journal.state.cidr;
    },
    get used() {
      return leases.size;
    },
    get free() {
      return pool ? pool.capacity - pool.used : 0;
    },
    get: (uid) => leases.get(uid),
    list: () => [...leases.values()],
    lease: (owner) => {
      const had = leases.get(owner.uid);
      return had ? leaseAgain(had, owner) : leaseNew(owner);
    },
    async release(uid) {
      const lease = leases.get(uid);
      if (!lease) return;
      await journal.append({ op: 'release', uid });
      leases.delete(uid);
      pool?.release(parseIp(lease.ip) ?? 0);
    },
    async useCidr(cidr) {
      if (cidr === journal.state.cidr) return [];
      const range = parseCidr(cidr);
      if (!range) throw new ApiError('Invalid', `"${cidr}" is no range of addresses.`);
      const dropped = [...leases.values()].filter(({ ip }) => !contains(range, parseIp(ip) ?? 0));
      await journal.append({ op: 'cidr', cidr, drop: dropped.map(({ uid }) => uid) });
      dropped.forEach(({ uid }) => leases.delete(uid));
      pool = poolOf(cidr, journal.state.last, leases.values());
      return dropped;
    },
    close: () => journal.close(),
  };
}

function poolOf(
  cidr: string | undefined,
  last: string | undefined,
  leases: Iterable<Lease>,
): Pool | undefined {
  const range = cidr && parseCidr(cidr);
  if (!range) return undefined;
  const pool = createPool(range, last === undefined ? undefined : parseIp(last));
  for (const { ip } of leases) pool.reserve(parseIp(ip) ?? 0);
  return pool;
}

function noAddress(cidr: string | undefined, pool: Pool | undefined): ApiError {
  if (!cidr || !pool)
    return new ApiError('Unavailable', 'The node has no pod CIDR yet: try again when it has claimed one.');
  return new ApiError(
    'ResourceExhausted',
    `No free address in ${cidr}: all ${pool.capacity} are leased. Delete pods of this node, or let others run elsewhere.`,
  );
}
