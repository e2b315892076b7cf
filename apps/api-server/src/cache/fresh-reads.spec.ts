import { FreshReads, parseVersion } from './fresh-reads';
import type { WatchCache } from './watch-cache';

/** Reads over a cache that has seen a revision, and a store whose revision is another. */
function setUp({ seen, current }: { seen: number | undefined; current: number }) {
  const waited: number[] = [];
  const reached = (revision: number) => seen !== undefined && seen >= revision;
  const cache: Pick<WatchCache, 'reached' | 'waitFor' | 'revision' | 'problem'> = {
    revision: seen,
    problem: undefined,
    reached,
    waitFor: async (revision) => {
      waited.push(revision);
      return reached(revision);
    },
  };
  const fresh = new FreshReads(cache, { currentRevision: async () => current });
  return { fresh, waited };
}

test.each([
  ['the newest, which the cache has', { seen: 7, current: 7 }, '', true],
  ['the newest, which the cache has not', { seen: 7, current: 8 }, '', false],
  ['anything', { seen: 7, current: 99 }, '0', true],
  ['an old version', { seen: 7, current: 99 }, '5', true],
])('%s', async (_name, state, version, fromCache) => {
  expect(await setUp(state).fresh.fromCache(version)).toBe(fromCache);
});

test('a revision that did not come is not waited for again', async () => {
  const { fresh, waited } = setUp({ seen: 7, current: 8 });
  await fresh.fromCache('');
  await fresh.fromCache('');
  expect(waited).toEqual([8]);
});

test.each([
  ['a version from the future', { seen: 7, current: 7 }, '8', 'Expired'],
  ['a cache that was never filled', { seen: undefined, current: 7 }, '0', 'Unavailable'],
  ['a version that is none', { seen: 7, current: 7 }, 'new', 'Invalid'],
])('%s is refused', async (_name, state, version, code) => {
  await expect(setUp(state).fresh.fromCache(version)).rejects.toMatchObject({ code });
});

test('versions are whole numbers', () => {
  expect([parseVersion(''), parseVersion('0'), parseVersion('42')]).toEqual([undefined, 0, 42]);
  expect(() => parseVersion('-1')).toThrow('must be empty or a whole number');
});
