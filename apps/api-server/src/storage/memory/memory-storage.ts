import { ApiError } from '@own-kube/api';
import {
  CompactedError,
  type Commit,
  type Condition,
  type Entry,
  type Found,
  type Page,
  type Range,
  type Storage,
  type StorageEvent,
  type WatchBatch,
} from '../storage';

/** What a test can do to a store in memory, beyond using it. */
export interface MemoryStorage extends Storage {
  /** From now on every call fails, and watches end, until it is back. */
  goAway(): void;
  comeBack(): void;
  /** A write by someone else, under a key that is none of ours: the revision goes up without an event. */
  writeElsewhere(): void;
}

/** A small store in memory that behaves as etcd does, for unit tests. */
export function createMemoryStorage(): MemoryStorage {
  const history: WatchBatch[] = [];
  const watchers = new Set<() => void>();
  let revision = 1;
  let oldest = 1;
  let away = false;

  const check = (at = revision) => {
    if (away) throw new ApiError('Unavailable', 'The store in memory is away.');
    if (at < oldest) throw new CompactedError(`Revision ${at} was compacted.`, oldest);
  };
  const wakeAll = () => watchers.forEach((wake) => wake());
  const stateAt = (at: number): Map<string, Entry> => {
    const state = new Map<string, Entry>();
    for (const event of history.filter((b) => b.revision <= at).flatMap((b) => b.events)) {
      if (event.type === 'put') state.set(event.key, event);
      else state.delete(event.key);
    }
    return state;
  };
  const list = ({ prefix, after = '', limit = Infinity, revision: at = revision }: Range): Page => {
    const all = [...stateAt(at).values()]
      .filter(({ key }) => key.startsWith(prefix) && key > after)
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, value, revision }) => ({ key, value, revision }));
    return { entries: all.slice(0, limit), revision: at, more: all.length > limit, count: all.length };
  };
  const look = (condition: Condition): Found => {
    const prefix = 'key' in condition ? condition.key : condition.emptyPrefix;
    const entries = list({ prefix }).entries.filter(({ key }) => !('key' in condition) || key === prefix);
    return { entries, count: entries.length };
  };
  const holds = (condition: Condition) =>
    (look(condition).entries[0]?.revision ?? 0) === ('key' in condition ? condition.revision : 0);

  /** A key with a time to live goes, unless it was written again meanwhile. */
  const expire = (key: string, written: number) => {
    if (look({ key, revision: 0 }).entries[0]?.revision !== written) return;
    revision += 1;
    history.push({ events: [{ type: 'delete', key, revision }], revision });
    wakeAll();
  };

  return {
    get: async (key) => {
      check();
      return look({ key, revision: 0 }).entries[0];
    },
    list: async (range) => {
      check(range.revision);
      return list(range);
    },
    commit: async ({ conditions, writes }): Promise<Commit> => {
      check();
      if (!conditions.every(holds)) {
        const found = conditions.map((c) => ['key' in c ? c.key : c.emptyPrefix, look(c)] as const);
        return { committed: false, revision, found: new Map(found) };
      }
      if (writes.length === 0) return { committed: true, revision };
      revision += 1;
      const events = writes.map((write): StorageEvent =>
        'put' in write
          ? { type: 'put', key: write.put, value: write.value, revision }
          : { type: 'delete', key: write.delete, revision },
      );
      history.push({ events, revision });
      wakeAll();
      const written = revision;
      for (const write of writes)
        if ('put' in write && write.ttlSeconds)
          setTimeout(() => expire(write.put, written), write.ttlSeconds * 1000).unref();
      return { committed: true, revision };
    },
    watch: async function* (prefix, after, signal) {
      check(after);
      let next = history.findIndex((batch) => batch.revision > after);
      if (next < 0) next = history.length;
      let wake = () => {};
      const notify = () => wake();
      watchers.add(notify);
      signal.addEventListener('abort', notify);
      try {
        yield { events: [], revision: after };
        while (!signal.aborted) {
          for (; next < history.length; next += 1) {
            const events = history[next]!.events.filter(({ key }) => key.startsWith(prefix));
            if (events.length > 0) yield { events, revision: history[next]!.revision };
          }
          check();
          if (signal.aborted) return;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        watchers.delete(notify);
        signal.removeEventListener('abort', notify);
      }
    },
    currentRevision: async () => {
      check();
      return revision;
    },
    canRead: async (at) => {
      check();
      return at >= oldest;
    },
    compact: async (at) => {
      check();
      oldest = Math.max(oldest, at);
    },
    close: () => undefined,
    goAway: () => {
      away = true;
      wakeAll();
    },
    comeBack: () => {
      away = false;
    },
    writeElsewhere: () => {
      revision += 1;
    },
  };
}
