import { isExpired } from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import type { Storage } from './storage';

export interface CompactionDeps {
  readonly storage: Pick<Storage, 'currentRevision' | 'canRead' | 'compact'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly intervalMs: number;
}

/**
 * Lets the store forget, time and again, what is older than an interval. Several may do so over one store: each takes
 * away only what has been old for an interval by its own watch, and where another was faster there is nothing to do. So
 * they need no mark in the store to agree by (a write that no watcher would see the event of).
 */
export async function compactRegularly(deps: CompactionDeps, signal: AbortSignal): Promise<void> {
  const { clock, intervalMs } = deps;
  let before: number | undefined;
  while (!signal.aborted) {
    before = await turn(deps, before);
    await clock.sleep(intervalMs, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

/** Forgets what was before the revision of an interval ago. Returns the revision of now, if the store tells it. */
async function turn(
  { storage, log }: CompactionDeps,
  before: number | undefined,
): Promise<number | undefined> {
  try {
    const now = await storage.currentRevision();
    if (before !== undefined && before < now && (await storage.canRead(before))) {
      await storage.compact(before);
      log.debug('compacted', { revision: before });
    }
    return now;
  } catch (error) {
    // Another api-server was faster by a moment.
    if (isExpired(error)) return before;
    log.warn('compaction is put off', { reason: error instanceof Error ? error.message : String(error) });
    return before;
  }
}
