import type { ApiObject } from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import { createIndexedStore, type IndexFunction } from './indexed-store';
import { applyEvent, type Change, replaceAll } from './changes';
import { keyOf } from './key-of';
import type { KindClient, WatchEvent } from './kind-client';
import { runListWatch, type Selection } from './list-watch';
import { untilAborted } from './until-aborted';

export interface InformerOptions<T extends ApiObject> extends Selection {
  client: KindClient<T>;
  /** Ways to find objects other than by key, by name: `{ node: (pod) => [pod.spec?.nodeName ?? ''] }`. */
  indexes?: Readonly<Record<string, IndexFunction<T>>>;
  clock: Clock;
  random?: () => number;
  log: Logger;
}

/** A copy of the api-server's objects that is kept up to date. */
export interface Informer<T extends ApiObject> {
  /** Lists and watches until the signal is aborted. */
  run(signal: AbortSignal): Promise<void>;
  get(key: string): T | undefined;
  list(): T[];
  /** The objects for which the named index gives this value. */
  by(index: string, value: string): T[];
  /**
   * Calls the handler for each change, after the copy was changed; for one object in the order of its changes. At the
   * time of the call the copy may be ahead. Register handlers before `run`.
   */
  onChange(handler: (change: Change<T>) => void): void;
  hasSynced(): boolean;
  /** Resolves when the copy is complete for the first time and the handlers know of all of it. */
  synced(signal: AbortSignal): Promise<void>;
}

/** Makes an informer of one kind, or of those of its objects that the selectors select. */
export function createInformer<T extends ApiObject>(options: InformerOptions<T>): Informer<T> {
  const { client, namespace, labelSelector, fieldSelector, clock, random, log } = options;
  const store = createIndexedStore<T>(options.indexes);
  const handlers: ((change: Change<T>) => void)[] = [];
  const firstList = Promise.withResolvers<void>();
  let hasSynced = false;

  const emit = (change: Change<T>) => {
    for (const handler of handlers) {
      try {
        handler(change);
      } catch (error) {
        log.error(`A handler failed on a change of ${client.kind.kind} ${keyOf(change.object)}.`, { error });
      }
    }
  };

  const onList = (items: T[]) => {
    replaceAll(store, items).forEach(emit);
    hasSynced = true;
    firstList.resolve();
  };
  const selection = { namespace, labelSelector, fieldSelector };
  const onEvent = (event: WatchEvent<T>) => applyEvent(store, event).forEach(emit);

  return {
    run: (signal) => runListWatch({ client, selection, onList, onEvent, clock, random, log }, signal),
    get: (key) => store.get(key),
    list: () => store.list(),
    by: (index, value) => store.by(index, value),
    onChange: (handler) => void handlers.push(handler),
    hasSynced: () => hasSynced,
    synced: (signal) => untilAborted(firstList.promise, signal),
  };
}
