import type { WritableStorage } from '../storage/storage';

/** A store that checks every condition of a transaction, and writes nothing. */
export const dryRunOf = (storage: WritableStorage): WritableStorage => ({
  get: (key) => storage.get(key),
  commit: async ({ conditions }) => {
    const commit = await storage.commit({ conditions, writes: [] });
    // The first condition is of the object itself: it stays at the revision that it has.
    const [own] = conditions;
    const revision = own && 'key' in own ? own.revision : 0;
    return commit.committed ? { committed: true, revision } : commit;
  },
});
