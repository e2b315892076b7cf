/** What every Storage must do: run on the one in memory and on etcd. */
import { listAll, type Storage, type StorageEvent, type Write } from './storage';

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const text = (value: Uint8Array | undefined) => value && Buffer.from(value).toString();
const put = (key: string, value = key): Write => ({ put: key, value: bytes(value) });

/** Writes without conditions; for tests. */
async function write(storage: Storage, ...writes: Write[]): Promise<number> {
  const result = await storage.commit({ conditions: [], writes });
  if (!result.committed) throw new Error('an unconditional transaction was refused');
  return result.revision;
}

/** The events of the first `count`, read from a watch that is then ended. */
async function watchEvents(storage: Storage, prefix: string, after: number, count: number) {
  const stop = new AbortController();
  const events: StorageEvent[] = [];
  for await (const batch of storage.watch(prefix, after, stop.signal)) {
    events.push(...batch.events);
    if (events.length >= count) stop.abort();
  }
  return events;
}

/** Describes the port's contract for one implementation. Each test has a prefix of its own. */
export function describeStorage(name: string, open: () => Storage): void {
  describe(`${name} as Storage`, () => {
    let tests = 0;
    let storage: Storage;
    let at: (key: string) => string;
    beforeEach(() => {
      storage = open();
      const prefix = `/own-kube/contract-${(tests += 1)}/`;
      at = (key) => `${prefix}${key}`;
    });

    test('keeps what was written, with the revision of its transaction', async () => {
      const revision = await write(storage, put(at('a'), 'one'));
      expect(await storage.get(at('a'))).toEqual({ key: at('a'), value: bytes('one'), revision });
      expect(await storage.get(at('b'))).toBeUndefined();
      expect(await storage.currentRevision()).toBeGreaterThanOrEqual(revision);
    });

    test('writes only where every condition holds, and says what is there where not', async () => {
      const first = await write(storage, put(at('a'), 'one'));
      const refused = await storage.commit({
        conditions: [
          { key: at('a'), revision: 0 },
          { key: at('b'), revision: 0 },
        ],
        writes: [put(at('b'))],
      });
      expect(refused.committed).toBe(false);
      if (refused.committed) return;
      expect(refused.found.get(at('a'))?.entries.map((e) => [text(e.value), e.revision])).toEqual([
        ['one', first],
      ]);
      expect(refused.found.get(at('b'))?.entries).toEqual([]);
      expect(await storage.get(at('b'))).toBeUndefined();

      const swapped = await storage.commit({
        conditions: [{ key: at('a'), revision: first }],
        writes: [put(at('a'), 'two'), put(at('b'))],
      });
      expect(swapped.committed).toBe(true);
      expect((await storage.get(at('a')))?.revision).toBe((await storage.get(at('b')))?.revision);
    });

    test('knows whether a prefix is empty', async () => {
      await write(storage, put(at('full/x')));
      const into = (prefix: string) =>
        storage.commit({ conditions: [{ emptyPrefix: at(prefix) }], writes: [put(at(`${prefix}new`))] });
      const refused = await into('full/');
      expect(refused.committed).toBe(false);
      if (!refused.committed) {
        expect(refused.found.get(at('full/'))).toMatchObject({ count: 1, entries: [{ key: at('full/x') }] });
      }
      expect((await into('empty/')).committed).toBe(true);
    });

    test('of two writers that both must be first, one wins', async () => {
      const create = (value: string) =>
        storage.commit({ conditions: [{ key: at('a'), revision: 0 }], writes: [put(at('a'), value)] });
      const results = await Promise.all(['1', '2', '3', '4'].map(create));
      expect(results.filter((r) => r.committed)).toHaveLength(1);
    });

    test('lists in the order of keys, in pages of one moment', async () => {
      const revision = await write(storage, put(at('c')), put(at('a')), put(at('b')), put(at('d')));
      const first = await storage.list({ prefix: at(''), limit: 2 });
      expect(first.entries.map((e) => e.key)).toEqual([at('a'), at('b')]);
      expect([first.more, first.count]).toEqual([true, 4]);

      await write(storage, { delete: at('d') }, put(at('bb')));
      const rest = await storage.list({ prefix: at(''), after: at('b'), revision });
      expect(rest.entries.map((e) => e.key)).toEqual([at('c'), at('d')]);
      expect([rest.more, rest.revision]).toEqual([false, revision]);
    });

    test('lists more than one page of entries', async () => {
      const keys = Array.from({ length: 1_050 }, (_, i) => at(`k${String(i).padStart(5, '0')}`));
      for (let i = 0; i < keys.length; i += 100) {
        await write(storage, ...keys.slice(i, i + 100).map((key) => put(key)));
      }
      const { entries } = await listAll(storage, at(''));
      expect(entries.map((e) => e.key)).toEqual(keys);
    });

    test('watches from a revision: each change after it once, in order, of the prefix alone', async () => {
      const first = await write(storage, put(at('a'), '1'));
      await write(storage, put(at('a'), '2'), put(`${at('').slice(0, -1)}-not/x`));
      await write(storage, { delete: at('a') });
      const events = watchEvents(storage, at(''), first, 3);
      await write(storage, put(at('b')));
      expect((await events).map((e) => [e.type, e.key, e.type === 'put' ? text(e.value) : ''])).toEqual([
        ['put', at('a'), '2'],
        ['delete', at('a'), ''],
        ['put', at('b'), at('b')],
      ]);
    });

    test('does not tear a transaction apart', async () => {
      const before = await storage.currentRevision();
      await write(storage, put(at('a')), put(at('b')), put(at('c')));
      const stop = new AbortController();
      for await (const { events } of storage.watch(at(''), before, stop.signal)) {
        if (events.length === 0) continue;
        expect(events.map((e) => e.key)).toEqual([at('a'), at('b'), at('c')]);
        stop.abort();
      }
    });

    test('refuses what was compacted as expired', async () => {
      const old = await write(storage, put(at('a'), '1'));
      const now = await write(storage, put(at('a'), '2'));
      expect(await storage.canRead(old)).toBe(true);
      await storage.compact(now);
      expect([await storage.canRead(old), await storage.canRead(now)]).toEqual([false, true]);
      await expect(storage.list({ prefix: at(''), revision: old })).rejects.toMatchObject({
        code: 'Expired',
      });
      await expect(watchEvents(storage, at(''), old - 1, 1)).rejects.toMatchObject({ code: 'Expired' });
    });

    test('lets go of what has a time to live, unless it is written again', async () => {
      const revision = await storage.currentRevision();
      const brief = (key: string): Write => ({ put: at(key), value: bytes('x'), ttlSeconds: 1 });
      await write(storage, brief('a'), brief('b'));
      await write(storage, put(at('b'), 'for good'));
      const events = await watchEvents(storage, at(''), revision, 4);
      expect(events.at(-1)).toMatchObject({ type: 'delete', key: at('a') });
      expect(text((await storage.get(at('b')))?.value)).toBe('for good');
    });

    test('a watch says that it stands, and ends when it is told to', async () => {
      const stop = new AbortController();
      const revision = await storage.currentRevision();
      const batches: unknown[] = [];
      for await (const batch of storage.watch(at(''), revision, stop.signal)) {
        batches.push(batch);
        stop.abort();
      }
      expect(batches).toEqual([{ events: [], revision }]);
    });
  });
}
