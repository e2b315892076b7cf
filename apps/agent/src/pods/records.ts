import type { Problem } from './observed';

/** The address that the proxy gave a sandbox. */
export interface Address {
  readonly sandboxId: string;
  readonly ip: string;
  /** Whether it need not be asked for again. */
  fresh: boolean;
}

/** What the agent remembers of a pod and the engine does not know. All of it may be lost: then it is done once more. */
export interface PodRecord {
  /** By container id: when it was asked to end. */
  readonly stops: Map<string, number>;
  /** By the name of the container, or '' for the pod: what failed last. */
  readonly problems: Map<string, Problem>;
  address: Address | undefined;
  detached: boolean;
}

export interface Records {
  /** The record of a pod, an empty one if there is none. */
  of(uid: string): PodRecord;
  has(uid: string): boolean;
  forget(uid: string): void;
  /** Every address is to be asked for again: the proxy may have lost what it made. */
  refreshAddresses(): void;
}

export function createRecords(): Records {
  const records = new Map<string, PodRecord>();
  return {
    of: (uid) => {
      const record = records.get(uid) ?? emptyRecord();
      records.set(uid, record);
      return record;
    },
    has: (uid) => records.has(uid),
    forget: (uid) => void records.delete(uid),
    refreshAddresses: () => {
      for (const { address } of records.values()) if (address) address.fresh = false;
    },
  };
}

const emptyRecord = (): PodRecord => ({
  stops: new Map(),
  problems: new Map(),
  address: undefined,
  detached: false,
});
