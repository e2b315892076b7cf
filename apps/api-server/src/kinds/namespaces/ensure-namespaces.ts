import { isAlreadyExists, Namespace } from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import type { Store } from '../../registry/store';
import { lastingNamespaces } from './strategy';

export interface EnsureDeps {
  readonly store: Store<Namespace>;
  readonly clock: Clock;
  readonly log: Logger;
}

const retryMs = 500;

/** Makes the namespaces that every cluster has, as soon as the store can be written. */
export async function ensureNamespaces(
  { store, clock, log }: EnsureDeps,
  signal: AbortSignal,
): Promise<void> {
  for (const name of lastingNamespaces) {
    while (!signal.aborted) {
      try {
        await store.create(Namespace.fromPartial({ metadata: { name } }));
        log.info('namespace created', { kind: 'Namespace', name });
        break;
      } catch (error) {
        if (isAlreadyExists(error)) break;
        const reason = error instanceof Error ? error.message : String(error);
        log.debug('namespace not created yet', { kind: 'Namespace', name, reason });
        await clock.sleep(retryMs, signal).catch(() => undefined);
      }
    }
  }
}
