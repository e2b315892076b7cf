/**
 * What the api-server needs of the store behind it: a sorted map of keys with one revision that goes up with every
 * transaction, conditional transactions, and a watch from any revision. The rest of the server knows this port alone.
 */
import { ApiError } from '@own-kube/api';

/** One key as it was stored by the transaction of `revision`. */
export interface Entry {
  readonly key: string;
  readonly value: Uint8Array;
  /** Of the transaction that wrote the key last. */
  readonly revision: number;
  /** It should be written again even if nothing changes: it is not stored as it would be today. */
  readonly stale?: boolean;
}

/** What must hold for a transaction to go through. */
export type Condition =
  /** The key was last written at this revision; 0: it does not exist. */
  | { readonly key: string; readonly revision: number }
  /** No key starts so. */
  | { readonly emptyPrefix: string };

/** One thing that a transaction does. No key may be written twice in a transaction. */
export type Write =
  | {
      readonly put: string;
      readonly value: Uint8Array;
      /** The key goes by itself when it was not written for so long, or somewhat longer. Default: never. */
      readonly ttlSeconds?: number;
    }
  | { readonly delete: string };

/** Writes that happen together, at one revision, if all conditions hold, and else not at all. */
export interface Transaction {
  readonly conditions: readonly Condition[];
  readonly writes: readonly Write[];
}

/** What there was under the key or prefix of a condition when a transaction was refused. */
export interface Found {
  /** Of a prefix: some keys, without values. */
  readonly entries: readonly Entry[];
  readonly count: number;
}

/** How a transaction went. */
export type Commit =
  | { readonly committed: true; readonly revision: number }
  /** Nothing was written. `found` has, for each condition's key or prefix, what was there at that moment. */
  | { readonly committed: false; readonly revision: number; readonly found: ReadonlyMap<string, Found> };

/** Which entries to list. */
export interface Range {
  readonly prefix: string;
  /** Begin with the first key after this one. */
  readonly after?: string;
  /** At most so many; without it all. */
  readonly limit?: number;
  /** As of this revision; without it the newest. */
  readonly revision?: number;
}

/** Entries in the order of their keys. */
export interface Page {
  readonly entries: readonly Entry[];
  /** The revision that the page shows: with it, more pages show the same moment. */
  readonly revision: number;
  readonly more: boolean;
  /** How many entries there are from the page's first on. */
  readonly count: number;
}

/** One change of one key. */
export type StorageEvent =
  | { readonly type: 'put'; readonly key: string; readonly value: Uint8Array; readonly revision: number }
  | { readonly type: 'delete'; readonly key: string; readonly revision: number };

/** Changes in order, those of one transaction never torn apart. */
export interface WatchBatch {
  /** Empty where the store only says how far it is. */
  readonly events: readonly StorageEvent[];
  /** All changes up to this revision have been delivered. */
  readonly revision: number;
}

/**
 * The store. Every call fails with an ApiError: Unavailable when the store is away (a write may then have happened or
 * not), Expired when a revision was compacted.
 */
export interface Storage {
  /** The entry as of now: every write that ended before the call is seen. */
  get(key: string): Promise<Entry | undefined>;
  list(range: Range): Promise<Page>;
  commit(transaction: Transaction): Promise<Commit>;
  /**
   * Every change under the prefix after a revision, in order, each once, until the signal is aborted. The first batch
   * says that the watch stands, and is empty. It ends with an error when the store goes away, and does not resume by
   * itself: watch again after the last batch's revision.
   */
  watch(prefix: string, after: number, signal: AbortSignal): AsyncIterable<WatchBatch>;
  /** The newest revision: not older than any write that ended before the call. */
  currentRevision(): Promise<number>;
  /** Whether the state at a revision can still be listed, and the changes after it watched. */
  canRead(revision: number): Promise<boolean>;
  /** Forgets history before a revision. */
  compact(revision: number): Promise<void>;
  close(): void;
}

/** What it takes to write. */
export type WritableStorage = Pick<Storage, 'get' | 'commit'>;

/** The history that was asked for is gone. */
export class CompactedError extends ApiError {
  constructor(
    message: string,
    /** The oldest revision there is, where it is known. */
    readonly oldest?: number,
  ) {
    super('Expired', message);
  }
}

const pageSize = 500;

/** All entries under a prefix at one revision, read in pages so that no answer grows too large. */
export async function listAll(
  storage: Pick<Storage, 'list'>,
  prefix: string,
  revision?: number,
): Promise<{ entries: Entry[]; revision: number }> {
  let page = await storage.list({ prefix, limit: pageSize, ...(revision ? { revision } : {}) });
  const entries = [...page.entries];
  while (page.more) {
    page = await storage.list({
      prefix,
      limit: pageSize,
      after: entries.at(-1)!.key,
      revision: page.revision,
    });
    entries.push(...page.entries);
  }
  return { entries, revision: page.revision };
}
