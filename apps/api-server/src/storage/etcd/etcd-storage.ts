import type { IRangeResponse } from 'etcd3';
import {
  type Commit,
  CompactedError,
  type Page,
  type Range,
  type Storage,
  type Transaction,
  type WatchBatch,
} from '../storage';
import { EtcdClient, type EtcdOptions } from './etcd-client';
import { fromEtcdError, isLeaseGone } from './etcd-errors';
import { buildTxn, parseTxn, rangeEnd, timesToLive, toEntry } from './etcd-transaction';
import { readWatchResponse } from './etcd-watch';
import { EventStream } from './event-stream';
import { SharedLeases } from './shared-leases';

/** A key that never exists: reading it tells etcd's revision and nothing else. */
const noKey = Buffer.from('/own-kube/revision');

/** The Storage port over etcd. Connects when it is first used; close() ends all that is going on. */
export function createEtcdStorage(options: EtcdOptions): Storage {
  const client = new EtcdClient(options);
  const attempt = async <T>(doing: string, call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw fromEtcdError(error, doing, options.endpoints);
    }
  };
  const leases = new SharedLeases({ grant: (ttl) => client.grantLease(ttl), now: () => Date.now() });
  const commit = async (transaction: Transaction, tries = 2): Promise<Commit> => {
    const granted = timesToLive(transaction).map(async (ttl) => [ttl, await leases.idFor(ttl)] as const);
    const ids = new Map(await Promise.all(granted));
    try {
      return parseTxn(transaction, await client.calls.txn(buildTxn(transaction, ids)));
    } catch (error) {
      if (tries <= 1 || !isLeaseGone(error)) throw error;
      leases.forgetAll();
      return commit(transaction, tries - 1);
    }
  };
  const range = (doing: string, request: Parameters<typeof client.calls.range>[0]) =>
    attempt(doing, client.calls.range(request));

  const storage: Storage = {
    get: async (key) => {
      const { kvs } = await range(`read ${key}`, { key: Buffer.from(key) });
      return kvs[0] && toEntry(kvs[0]);
    },
    list: async (wanted) => toPage(wanted, await range(`list ${wanted.prefix}`, buildRange(wanted))),
    commit: (transaction) => attempt('write', commit(transaction)),
    currentRevision: async () => {
      const { header } = await range('ask for the revision', { key: noKey, count_only: true });
      return Number(header.revision);
    },
    canRead: async (revision) => {
      try {
        await range(`read at revision ${revision}`, { key: noKey, count_only: true, revision });
        return true;
      } catch (error) {
        if (error instanceof CompactedError) return false;
        throw error;
      }
    },
    compact: async (revision) => {
      await attempt(`compact at ${revision}`, client.calls.compact({ revision }));
    },
    watch: (prefix, after, signal) =>
      watchEtcd({ client, storage, endpoints: options.endpoints }, { prefix, after, signal }),
    close: () => client.close(),
  };
  return storage;
}

const buildRange = ({ prefix, after, limit, revision }: Range) => ({
  // The first key after another is that key and a zero byte.
  key: Buffer.from(after === undefined ? prefix : `${after}\0`),
  range_end: rangeEnd(prefix),
  ...(limit === undefined ? {} : { limit }),
  ...(revision === undefined ? {} : { revision }),
});

const toPage = (wanted: Range, response: IRangeResponse): Page => ({
  entries: response.kvs.map(toEntry),
  revision: wanted.revision ?? Number(response.header.revision),
  more: response.more,
  count: Number(response.count),
});

interface WatchDeps {
  client: EtcdClient;
  storage: Storage;
  endpoints: readonly string[];
}

async function* watchEtcd(
  { client, storage, endpoints }: WatchDeps,
  { prefix, after, signal }: { prefix: string; after: number; signal: AbortSignal },
): AsyncGenerator<WatchBatch> {
  const fail = (error: unknown) => fromEtcdError(error, `watch ${prefix}`, endpoints);
  const answers = new EventStream<ReturnType<typeof readWatchResponse>>();
  const stop = () => answers.end();
  signal.addEventListener('abort', stop, { once: true });
  const stream = await client.openWatch().catch((error: unknown) => {
    throw fail(error);
  });
  try {
    stream
      .on('data', (response) => answers.push(readWatchResponse(response)))
      .on('error', (error) => answers.end(fail(error)))
      .on('end', () => answers.end(fail(new Error('the watch stream ended'))));
    stream.write({
      create_request: {
        key: Buffer.from(prefix),
        range_end: rangeEnd(prefix),
        start_revision: after + 1,
        progress_notify: true,
      },
    });
    if (signal.aborted) return;
    for await (const answer of answers) {
      if (answer.step === 'batch') yield answer.batch;
      else if (answer.step === 'ended') throw answer.error;
      else {
        if (answer.revision < after) await expectRevision(storage, after);
        yield { events: [], revision: after };
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stream.cancel();
  }
}

/** A member of etcd that lags is waited for; an etcd that was put back to an older state has lost our history. */
async function expectRevision(storage: Storage, revision: number): Promise<void> {
  const current = await storage.currentRevision();
  if (current < revision)
    throw new CompactedError(`etcd was put back to revision ${current}, before our ${revision}.`, current);
}
