/** What is remembered of the node's share of the pod network, and the operations that change it. */
import type { JournalFormat } from './journal';

/** Who asks for an address: a pod, and the process that holds its network namespace. */
export interface LeaseOwner {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly pid: number;
  /** Field 22 of /proc/PID/stat. */
  readonly startTime: number;
}

/** An address and its owner. */
export interface Lease extends LeaseOwner {
  readonly ip: string;
  /** When this process was attached, in milliseconds since 1970. */
  readonly attachedAt: number;
}

/** All of it. */
export interface LeaseState {
  /** The range of the node's pods, "10.244.1.0/24"; undefined until one is claimed. */
  cidr: string | undefined;
  /** The address that was handed out last. */
  last: string | undefined;
  readonly leases: Map<string, Lease>;
}

/** One change of it. */
export type LeaseOp =
  /** The node has another range: leases outside of it are void. */
  | { readonly op: 'cidr'; readonly cidr: string; readonly drop: readonly string[] }
  | { readonly op: 'lease'; readonly lease: Lease }
  | { readonly op: 'release'; readonly uid: string }
  | { readonly op: 'last'; readonly ip: string };

/** How leases are kept in a journal. */
export const leaseFormat: JournalFormat<LeaseState, LeaseOp> = {
  empty: () => ({ cidr: undefined, last: undefined, leases: new Map() }),
  apply(state, op) {
    switch (op.op) {
      case 'cidr':
        state.cidr = op.cidr;
        op.drop.forEach((uid) => state.leases.delete(uid));
        return;
      case 'lease':
        if (!state.leases.has(op.lease.uid)) state.last = op.lease.ip;
        state.leases.set(op.lease.uid, op.lease);
        return;
      case 'release':
        state.leases.delete(op.uid);
        return;
      case 'last':
        state.last = op.ip;
    }
  },
  snapshot: ({ cidr, last, leases }) => [
    ...(cidr ? [{ op: 'cidr', cidr, drop: [] } as const] : []),
    ...[...leases.values()].map((lease) => ({ op: 'lease', lease }) as const),
    ...(last ? [{ op: 'last', ip: last } as const] : []),
  ],
};
