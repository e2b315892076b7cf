import type { Storage } from '../storage/storage';

/** How much history a cache takes over when it starts: enough for clients that resume after a restart of ours. */
export const historyAtStart = 10_000;

/**
 * The oldest revision, at most `reach` back, that the store still knows: a cache that starts there has a history from
 * its first moment on, and clients that were watching another api-server, or this one before its restart, resume
 * without listing again.
 */
export async function findStartRevision(storage: Storage, reach = historyAtStart): Promise<number> {
  const current = await storage.currentRevision();
  let low = Math.max(1, current - reach);
  let high = current;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await storage.canRead(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
