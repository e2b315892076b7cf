import { type ApiObject, isExpired } from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import { createBackoff } from './backoff';
import { inShort } from './in-short';
import type { KindClient, WatchEvent } from './kind-client';

/** Which objects. */
export interface Selection {
  /** Default: all namespaces. */
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
}

export interface ListWatchOptions<T extends ApiObject> {
  client: KindClient<T>;
  selection: Selection;
  /** Takes all objects there are, at the start and whenever the row of changes was lost. */
  onList(items: T[]): void;
  /** Takes one change after the other. */
  onEvent(event: WatchEvent<T>): void;
  clock: Clock;
  random?: (() => number) | undefined;
  log: Logger;
}

const pageSize = 500;
const backoffMs = { baseMs: 100, maxMs: 10_000 };

/**
 * Lists, then watches from there, until the signal is aborted. After any break it goes on from the last version it
 * has seen; only when the api-server no longer knows that version does it list again. No failure is final.
 */
export async function runListWatch<T extends ApiObject>(
  options: ListWatchOptions<T>,
  signal: AbortSignal,
): Promise<void> {
  const { client, clock, log, random } = options;
  const backoff = createBackoff({ ...backoffMs, random });
  let version: string | undefined;
  while (!signal.aborted) {
    const started = clock.now();
    try {
      version ??= await listAll(options, signal);
      for await (const event of watch(options, version, signal)) {
        if (event.type !== 'BOOKMARK') options.onEvent(event);
        version = event.object.metadata?.resourceVersion ?? version;
        backoff.reset();
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isExpired(error)) version = undefined;
      log.warn(`The watch of ${client.kind.plural} broke; it goes on in a moment.`, {
        error: inShort(error),
      });
    }
    // A quiet watch that held for long was a good one, too.
    if (clock.now() - started > backoffMs.maxMs) backoff.reset();
    // It is cut short by the signal alone, and that ends the loop.
    await clock.sleep(backoff.next(), signal).catch(() => undefined);
  }
}

/** Lists page by page, hands over all at once, and returns the version to watch from. */
async function listAll<T extends ApiObject>(
  options: ListWatchOptions<T>,
  signal: AbortSignal,
): Promise<string> {
  const { client, selection } = options;
  const items: T[] = [];
  let page = await client.list({ ...selection, limit: pageSize }, { signal });
  items.push(...page.items);
  while (page.metadata?.continue) {
    page = await client.list({ ...selection, limit: pageSize, continue: page.metadata.continue }, { signal });
    items.push(...page.items);
  }
  options.onList(items);
  return page.metadata?.resourceVersion ?? '';
}

const watch = <T extends ApiObject>(
  { client, selection }: ListWatchOptions<T>,
  resourceVersion: string,
  signal: AbortSignal,
) => client.watch({ ...selection, resourceVersion, allowWatchBookmarks: true }, { signal });
