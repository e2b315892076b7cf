import { Pod, PodEvent, podKind } from '@own-kube/api';
import { createLogger } from '@own-kube/process';
import type { Encoded } from '@own-kube/rpc';
import { createFakeClock, eventually } from '@own-kube/testing';
import { Writable } from 'node:stream';
import { objectKey, scopePrefix } from '../registry/keys';
import { createMemoryStorage } from '../storage/memory/memory-storage';
import { WatchCache } from './watch-cache';
import { watchEvents, type WatchOptions } from './watch-events';

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
const limits = { events: 5, ms: 0, maxEvents: 5 };

/** A cache of pods over a store in memory, with a clock that tests move. */
function setUp({ history = limits } = {}) {
  const storage = createMemoryStorage();
  const clock = createFakeClock();
  const log = createLogger({ component: 'test', level: 'error', output: nowhere });
  const kinds = [
    { kind: podKind, selectable: ({ metadata }: Pod) => ({ labels: metadata?.labels ?? {}, fields: {} }) },
  ];
  const cache = new WatchCache({ storage, clock, log, kinds, limits: history });
  const stop = new AbortController();
  const running = cache.run(stop.signal);
  const write = async (name: string, labels: Record<string, string> = {}) => {
    const value = Pod.encode(Pod.fromPartial({ metadata: { name, labels } })).finish();
    const commit = await storage.commit({
      conditions: [],
      writes: [{ put: objectKey(podKind, 'default', name), value }],
    });
    return commit.revision;
  };
  const remove = async (name: string) => {
    const writes = [{ delete: objectKey(podKind, 'default', name) }];
    return (await storage.commit({ conditions: [], writes })).revision;
  };
  const seen = (revision: number) => eventually(() => cache.reached(revision));
  const watch = (options: Partial<WatchOptions> = {}) => {
    const selection = { prefix: scopePrefix(podKind, ''), everything: true, matches: () => true };
    const deps = { cache: cache.of('pods'), revision: () => cache.revision!, clock };
    return watchEvents(deps, {
      selection,
      after: 0,
      bookmarks: false,
      markEndOfInitial: false,
      signal: stop.signal,
      ...options,
    });
  };
  const end = async () => {
    stop.abort();
    await running;
  };
  return { storage, clock, cache, write, remove, seen, watch, end };
}

const read = ({ value }: IteratorResult<Encoded>) => {
  const { type, object } = PodEvent.decode((value as Encoded).bytes);
  return `${type} ${object?.metadata?.name ?? ''}@${object?.metadata?.resourceVersion}`;
};

const names = (cache: WatchCache) =>
  [...cache.of('pods').objects.range('')].map(({ key }) => key.split('/').at(-1));

test('has what is there, with the history that led to it, and follows', async () => {
  const { write, remove, seen, cache, watch, end } = setUp();
  const first = await write('a');
  await write('b');
  await remove('a');
  await seen(await write('c'));
  expect(names(cache)).toEqual(['b', 'c']);
  expect(cache.problem).toBeUndefined();
  const events = watch({ after: first });
  expect([read(await events.next()), read(await events.next()), read(await events.next())]).toEqual([
    'ADDED b@3',
    'DELETED a@4',
    'ADDED c@5',
  ]);
  await end();
});

test('an event is encoded once for all who watch', async () => {
  const { write, seen, watch, end } = setUp();
  const first = await write('a');
  await seen(await write('b'));
  const [one, two] = [await watch({ after: first }).next(), await watch({ after: first }).next()];
  expect(one.value).toBe(two.value);
  await end();
});

test('goes on where it was when the store comes back', async () => {
  const { storage, clock, write, seen, cache, watch, end } = setUp();
  const first = await write('a');
  await seen(first);
  const events = watch({ after: first });
  const next = events.next();
  storage.goAway();
  await eventually(() => expect(cache.problem).toMatch(/away/));
  await clock.advance(5_000);
  expect(cache.problem).toMatch(/away/);
  storage.comeBack();
  const second = await write('b');
  await clock.advance(1_000);
  await seen(second);
  expect(read(await next)).toBe(`ADDED b@${second}`);
  expect(cache.problem).toBeUndefined();
  await end();
});

test('begins anew where the store has forgotten its place, and ends all watches', async () => {
  const { storage, clock, write, remove, seen, cache, watch, end } = setUp();
  const first = await write('a');
  await seen(first);
  const next = watch({ after: first }).next();
  const expired = expect(next).rejects.toMatchObject({ code: 'Expired' });
  storage.goAway();
  await eventually(() => expect(cache.problem).toMatch(/away/));
  storage.comeBack();
  await remove('a');
  const last = await write('b');
  await storage.compact(last);
  for (let i = 0; i < 4; i += 1) await clock.advance(1_000);
  await seen(last);
  await expired;
  expect(names(cache)).toEqual(['b']);
  await expect(watch({ after: first }).next()).rejects.toMatchObject({ code: 'Expired' });
  await end();
});

test('a watcher that is slower than the history is ended', async () => {
  const { clock, write, seen, watch, end } = setUp();
  const first = await write('a');
  await seen(first);
  const events = watch({ after: first });
  await seen(await write('b'));
  expect(read(await events.next())).toMatch(/^ADDED b/);
  await clock.advance(1);
  let last = 0;
  for (let i = 0; i < 10; i += 1) last = await write(`c${i}`);
  await seen(last);
  await expect(events.next()).rejects.toMatchObject({
    code: 'Expired',
    message: expect.stringContaining('too slow'),
  });
  await end();
});

test('a version that is no longer in the history is refused', async () => {
  const { cache, write, seen, watch, end } = setUp();
  for (let i = 0; i < 9; i += 1) await write('a');
  await seen(await write('a'));
  const { since } = cache.of('pods');
  await expect(watch({ after: since - 1 }).next()).rejects.toMatchObject({ code: 'Expired' });
  expect(read(await watch({ after: since }).next())).toBe(`MODIFIED a@${since + 1}`);
  await end();
});

test('bookmarks tell the newest version when there was no news for a minute', async () => {
  const { clock, write, seen, watch, end } = setUp();
  const first = await write('a');
  await seen(first);
  const events = watch({
    after: first,
    bookmarks: true,
    selection: { prefix: '/nothing', everything: false, matches: () => false },
  });
  const next = events.next();
  const last = await write('b');
  await seen(last);
  await clock.advance(59_000);
  await clock.advance(11_000);
  expect(read(await next)).toBe(`BOOKMARK @${last}`);
  await end();
});

test('a read waits for a revision, and no longer than it should', async () => {
  const { storage, clock, cache, write, seen, end } = setUp();
  const first = await write('a');
  await seen(first);
  const wait = cache.waitFor(first + 1, 100);
  await write('b');
  expect(await wait).toBe(true);
  storage.writeElsewhere();
  const vain = cache.waitFor(first + 2, 100);
  await clock.advance(150);
  expect(await vain).toBe(false);
  await end();
});
