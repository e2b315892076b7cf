/**
 * Decides whether a read may be answered from the cache. A read without a resourceVersion must see every write that
 * ended before it: the store is asked for its revision, once for all reads that wait at that moment, and the cache
 * answers as soon as it has seen that revision. Someone else's write to the store gives no event of ours, so after a
 * short wait the read goes to the store itself.
 */
import { ApiError, invalid } from '@own-kube/api';
import type { Storage } from '../storage/storage';
import { SharedCheck } from './shared-check';
import type { WatchCache } from './watch-cache';

/** How long a consistent read waits for the cache before it goes to the store. */
const patienceMs = 200;
/** How long a read waits for a revision that the cache has not seen yet, as upstream. */
const futureMs = 3_000;

/** See the head of this file. */
export class FreshReads {
  private readonly check: SharedCheck<number>;
  /** A revision that the cache did not come to see: waiting for it again would be in vain. */
  private unseen = 0;

  constructor(
    private readonly cache: Pick<WatchCache, 'revision' | 'problem' | 'reached' | 'waitFor'>,
    storage: Pick<Storage, 'currentRevision'>,
  ) {
    this.check = new SharedCheck(() => storage.currentRevision());
  }

  /**
   * True when the cache may answer, false when the store must. "" asks for the newest, "0" for anything, a number for
   * nothing older. A number that is not reached in time fails as Expired, a cache that was never filled as Unavailable.
   */
  async fromCache(resourceVersion: string): Promise<boolean> {
    const wanted = parseVersion(resourceVersion);
    if (wanted === undefined) return this.isCurrent(await this.check.ask());
    if (this.cache.revision === undefined)
      throw new ApiError('Unavailable', `The api-server is not ready: ${this.cache.problem ?? 'starting'}.`);
    if (!(await this.cache.waitFor(wanted, futureMs)))
      throw new ApiError(
        'Expired',
        `resourceVersion ${wanted} is newer than anything known here (${this.cache.revision}): list again.`,
      );
    return true;
  }

  private async isCurrent(revision: number): Promise<boolean> {
    if (this.cache.reached(revision)) return true;
    if (revision <= this.unseen) return false;
    const seen = await this.cache.waitFor(revision, patienceMs);
    if (!seen) this.unseen = Math.max(this.unseen, revision);
    return seen;
  }
}

/** "" is undefined; anything but a whole number is refused. */
export function parseVersion(resourceVersion: string): number | undefined {
  if (resourceVersion === '') return undefined;
  if (!/^\d{1,15}$/.test(resourceVersion))
    throw invalid('The request', [
      {
        field: 'resourceVersion',
        description: `Invalid value: "${resourceVersion}": must be empty or a whole number`,
      },
    ]);
  return Number(resourceVersion);
}
