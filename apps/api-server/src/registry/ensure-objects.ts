import { type ApiObject, isAlreadyExists } from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import { metadataOf } from './spec-status';
import type { Stored } from './guaranteed-update';

/** Objects that every cluster has. */
export interface Wanted<T extends ApiObject> {
  readonly kind: string;
  readonly objects: readonly T[];
  readonly store: { create(object: T): Promise<Stored<T>> };
}

const retryMs = 500;

/** Makes what is missing, as soon as the store can be written. Returns the revision of the last that was made, or 0. */
export async function ensureObjects<T extends ApiObject>(
  { kind, objects, store }: Wanted<T>,
  { clock, log }: { clock: Clock; log: Logger },
  signal: AbortSignal,
): Promise<number> {
  let newest = 0;
  for (const object of objects) {
    const { name } = metadataOf(object);
    while (!signal.aborted) {
      try {
        newest = (await store.create(object)).revision;
        log.info('made what every cluster has', { kind, name });
        break;
      } catch (error) {
        if (isAlreadyExists(error)) break;
        const reason = error instanceof Error ? error.message : String(error);
        log.debug('not made yet', { kind, name, reason });
        await clock.sleep(retryMs, signal).catch(() => undefined);
      }
    }
  }
  return newest;
}
