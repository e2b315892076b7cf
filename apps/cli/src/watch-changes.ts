import { setTimeout as delay } from 'node:timers/promises';
import { type ApiObject, isCode, isExpired, isUnavailable } from '@own-kube/api';
import type { KindClient, WatchEvent } from '@own-kube/client';

/** What to watch, and from where. */
export interface WatchScope {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** The version after which changes count. */
  readonly resourceVersion?: string | undefined;
}

/** How long to wait before watching again when the api-server has gone away. */
const pauseMs = 1000;

/**
 * Every change after a version, until the signal is aborted. A broken connection is taken up again; `onBreak` is told of
 * it. Where too much has happened meanwhile, what there is comes again as ADDED.
 */
export async function* watchChanges<T extends ApiObject>(
  client: KindClient<T>,
  scope: WatchScope,
  { signal, onBreak }: { signal: AbortSignal; onBreak: (error: Error) => void },
): AsyncGenerator<WatchEvent<T>, void, undefined> {
  let { resourceVersion } = scope;
  while (!signal.aborted) {
    try {
      for await (const event of client.watch(
        { ...scope, resourceVersion, allowWatchBookmarks: true },
        { signal },
      )) {
        resourceVersion = event.object.metadata?.resourceVersion ?? resourceVersion;
        if (event.type !== 'BOOKMARK') yield event;
      }
    } catch (error) {
      if (signal.aborted || isCode(error, 'Cancelled')) return;
      if (isExpired(error)) resourceVersion = undefined;
      else if (isUnavailable(error)) {
        onBreak(error);
        await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      } else throw error;
    }
  }
}
