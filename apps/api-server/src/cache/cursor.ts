import { ApiError } from '@own-kube/api';
import type { CacheEvent } from './cache-event';
import type { History } from './history';
import type { KindCache } from './kind-cache';

/** A reader's place in the changes of a kind. It costs nothing to be slow, until the place is no longer kept. */
export class Cursor {
  private readonly history: History<CacheEvent>;
  private place: number;

  /** After a revision; without one, after everything that has happened so far. Fails as Expired if that is too old. */
  constructor(
    private readonly cache: KindCache,
    after: number | undefined,
  ) {
    this.history = cache.history;
    this.place = after === undefined ? this.history.next : firstAfter(cache, after);
  }

  /** The next change; undefined while there is none. Fails as Expired where changes were missed. */
  take(): CacheEvent | undefined {
    if (this.cache.history !== this.history) throw tooOld('the changes in between are not known any more');
    if (this.place === this.history.next) return undefined;
    const event = this.history.at(this.place);
    if (!event) throw tooOld('the watcher was too slow');
    this.place += 1;
    return event;
  }
}

function firstAfter({ history, since }: KindCache, revision: number): number {
  if (revision < since) throw tooOld(`resourceVersion ${revision} is too old, the oldest known is ${since}`);
  let low = history.first;
  let high = history.next;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (history.at(middle)!.revision <= revision) low = middle + 1;
    else high = middle;
  }
  return low;
}

const tooOld = (why: string): ApiError =>
  new ApiError('Expired', `The watch cannot go on: ${why}. List again and watch from there.`);
