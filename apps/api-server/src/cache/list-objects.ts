import { ApiError, isExpired } from '@own-kube/api';
import type { Storage } from '../storage/storage';
import { CachedObject } from './cached-object';
import { formatContinue, type ContinueToken } from './continue-token';
import { encodeList } from './encode';
import type { KindCache } from './kind-cache';
import type { Selection } from './selection';

/** Which page to list. */
export interface PageRequest {
  readonly selection: Selection;
  /** 0: all. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly from?: ContinueToken;
}

interface PageOfObjects {
  readonly objects: CachedObject[];
  readonly revision: number;
  readonly more: boolean;
  /** How many follow, where it is known. */
  readonly remaining?: number;
}

/** A page out of the cache, as of the revision that the cache has seen. */
export function listFromCache(cache: KindCache, revision: number, request: PageRequest): Buffer {
  const candidates = cache.objects.range(request.selection.prefix, request.from?.after);
  return encodePage(pageOf(candidates, { ...request, revision, countRest: request.selection.everything }));
}

const storagePage = 500;

/** A page out of the store: of an older snapshot, or where the cache is not up to date. */
export async function listFromStorage(
  storage: Storage,
  cache: KindCache,
  request: PageRequest,
): Promise<Buffer> {
  const { selection, from } = request;
  const found: CachedObject[] = [];
  let revision = from?.revision;
  let after = from?.after;
  for (let more = true; more && !(request.limit && found.length > request.limit);) {
    const range = { prefix: selection.prefix, limit: storagePage, ...pick({ after, revision }) };
    const page = await storage.list(range).catch((error: unknown) => {
      throw isExpired(error) && from ? tokenTooOld() : error;
    });
    found.push(
      ...page.entries.map(({ key, value, revision }) => new CachedObject(cache.of, key, value, revision)),
    );
    revision = page.revision;
    after = page.entries.at(-1)?.key ?? after;
    more = page.more;
  }
  return encodePage(pageOf(found, { ...request, revision: revision!, countRest: false }));
}

function pageOf(
  candidates: Iterable<CachedObject>,
  { selection, limit, revision, countRest }: PageRequest & { revision: number; countRest: boolean },
): PageOfObjects {
  const objects: CachedObject[] = [];
  let rest = 0;
  for (const object of candidates) {
    if (!selection.matches(object)) continue;
    if (limit && objects.length === limit) rest += 1;
    else objects.push(object);
    // With selectors, how many follow would have to be found out one by one, and upstream does not say it either.
    if (rest > 0 && !countRest) break;
  }
  return { objects, revision, more: rest > 0, ...(countRest && rest > 0 ? { remaining: rest } : {}) };
}

const encodePage = ({ objects, revision, more, remaining }: PageOfObjects): Buffer =>
  encodeList(
    {
      resourceVersion: String(revision),
      continue: more ? formatContinue({ revision, after: objects.at(-1)!.key }) : undefined,
      remainingItemCount: remaining,
    },
    objects,
  );

const tokenTooOld = (): ApiError =>
  new ApiError(
    'Expired',
    'The continue token is too old: its snapshot was compacted. List again without it.',
  );

const pick = ({ after, revision }: { after: string | undefined; revision: number | undefined }) => ({
  ...(after === undefined ? {} : { after }),
  ...(revision === undefined ? {} : { revision }),
});
