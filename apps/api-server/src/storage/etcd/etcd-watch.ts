import type { IWatchResponse } from 'etcd3';
import { ApiError } from '@own-kube/api';
import { CompactedError, type StorageEvent, type WatchBatch } from '../storage';
import { toEntry } from './etcd-transaction';

/** What one answer of a watch stream means. */
export type WatchStep =
  | { readonly step: 'created'; readonly revision: number }
  | { readonly step: 'batch'; readonly batch: WatchBatch }
  | { readonly step: 'ended'; readonly error: ApiError };

/** Reads one answer of etcd's watch stream. */
export function readWatchResponse(response: IWatchResponse): WatchStep {
  const revision = Number(response.header.revision);
  const oldest = Number(response.compact_revision);
  if (oldest > 0)
    return {
      step: 'ended',
      error: new CompactedError(`The history before revision ${oldest} was compacted.`, oldest),
    };
  if (response.canceled)
    return {
      step: 'ended',
      error: new ApiError(
        'Unavailable',
        `etcd ended the watch: ${response.cancel_reason || 'no reason given'}`,
      ),
    };
  if (response.created) return { step: 'created', revision };
  const events = response.events.map(toEvent);
  // The header's revision may be ahead of the events that are still to come, so only an empty answer may use it.
  return { step: 'batch', batch: { events, revision: events.at(-1)?.revision ?? revision } };
}

function toEvent({ type, kv }: IWatchResponse['events'][number]): StorageEvent {
  const { key, value, revision } = toEntry(kv);
  return type === 'Delete' ? { type: 'delete', key, revision } : { type: 'put', key, value, revision };
}
