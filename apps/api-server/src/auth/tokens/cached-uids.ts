import { ApiError } from '@own-kube/api';
import type { CachedObject } from '../../cache/cached-object';
import { metadataOf } from '../../registry/spec-status';

export interface CachedUidsDeps {
  readonly cached: (key: string) => CachedObject | undefined;
  /** Whether the cache has been filled. */
  readonly filled: () => boolean;
}

/** The uids of objects as the cache has them; each version of an object is decoded once. */
export function createCachedUids({ cached, filled }: CachedUidsDeps): (key: string) => string | undefined {
  const known = new WeakMap<CachedObject, string>();
  return (key) => {
    if (!filled())
      throw new ApiError(
        'Unavailable',
        'The api-server is starting and cannot check tokens yet; call again.',
      );
    const object = cached(key);
    if (!object) return undefined;
    const before = known.get(object);
    if (before !== undefined) return before;
    const uid = metadataOf(object.decode()).uid ?? '';
    known.set(object, uid);
    return uid;
  };
}
