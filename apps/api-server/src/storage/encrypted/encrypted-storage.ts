import type { Commit, Entry, Storage, StorageEvent, Write } from '../storage';
import type { Sealer } from './sealer';

export interface EncryptedDeps {
  readonly storage: Storage;
  readonly sealer: Sealer;
  /** Whether the value of a key is to be encrypted. */
  readonly encrypts: (key: string) => boolean;
}

/** A storage whose values are encrypted in the one below it, where they are to be; above it they are plain. */
export function createEncryptedStorage({ storage, sealer, encrypts }: EncryptedDeps): Storage {
  const openEntry = (entry: Entry): Entry => {
    const { plain, stale } = sealer.open(entry.key, entry.value);
    return plain === entry.value && !stale
      ? entry
      : { ...entry, value: plain, ...(stale && encrypts(entry.key) ? { stale } : {}) };
  };
  const openEvent = (event: StorageEvent): StorageEvent =>
    event.type === 'put' ? { ...event, value: sealer.open(event.key, event.value).plain } : event;
  const sealWrite = (write: Write): Write =>
    'put' in write && encrypts(write.put) ? { ...write, value: sealer.seal(write.put, write.value) } : write;
  const openCommit = (commit: Commit): Commit =>
    commit.committed
      ? commit
      : {
          ...commit,
          found: new Map(
            [...commit.found].map(([key, found]) => [
              key,
              { ...found, entries: found.entries.map(openEntry) },
            ]),
          ),
        };
  return {
    ...storage,
    get: async (key) => {
      const entry = await storage.get(key);
      return entry && openEntry(entry);
    },
    list: async (range) => {
      const page = await storage.list(range);
      return { ...page, entries: page.entries.map(openEntry) };
    },
    commit: async (transaction) =>
      openCommit(await storage.commit({ ...transaction, writes: transaction.writes.map(sealWrite) })),
    watch: async function* (prefix, after, signal) {
      for await (const batch of storage.watch(prefix, after, signal))
        yield { ...batch, events: batch.events.map(openEvent) };
    },
  };
}
