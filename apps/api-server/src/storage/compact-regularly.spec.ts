import { createLogger } from '@own-kube/process';
import { createFakeClock } from '@own-kube/process/testing';
import { compactRegularly } from './compact-regularly';
import { createMemoryStorage } from './memory/memory-storage';
import type { StorageEvent } from './storage';

const log = createLogger({ component: 'test', level: 'silent' });
const intervalMs = 1_000;

function setUp(compactors = 1) {
  const storage = createMemoryStorage();
  const clock = createFakeClock();
  const stop = new AbortController();
  const runs = Array.from({ length: compactors }, () =>
    compactRegularly({ storage, clock, log, intervalMs }, stop.signal),
  );
  const write = async (key: string): Promise<number> => {
    const { revision } = await storage.commit({
      conditions: [],
      writes: [{ put: key, value: new Uint8Array() }],
    });
    return revision;
  };
  const end = async () => {
    stop.abort();
    await Promise.all(runs);
  };
  return { storage, clock, write, end };
}

test('forgets what is older than an interval, and nothing else', async () => {
  const { storage, clock, write, end } = setUp();
  const first = await write('a');
  await clock.advance(intervalMs);
  const second = await write('b');
  expect(await storage.canRead(first)).toBe(true);
  await clock.advance(intervalMs);
  await write('c');
  await clock.advance(intervalMs);
  expect([await storage.canRead(first), await storage.canRead(second)]).toEqual([false, true]);
  await end();
});

test('goes on when the store was away', async () => {
  const { storage, clock, write, end } = setUp();
  const first = await write('a');
  await clock.advance(intervalMs);
  storage.goAway();
  await clock.advance(3 * intervalMs);
  storage.comeBack();
  await write('b');
  await clock.advance(intervalMs);
  await write('c');
  await clock.advance(intervalMs);
  expect(await storage.canRead(first)).toBe(false);
  await end();
});

test('several do not disturb each other, nor a watcher', async () => {
  const { storage, clock, write, end } = setUp(3);
  const stop = new AbortController();
  const seen: StorageEvent[] = [];
  const watching = (async () => {
    for await (const { events } of storage.watch('', 1, stop.signal)) seen.push(...events);
  })();
  for (let round = 0; round < 5; round += 1) {
    await write(`k${round}`);
    await clock.advance(intervalMs);
  }
  expect(await storage.canRead(2)).toBe(false);
  stop.abort();
  await watching;
  expect(seen.map(({ key }) => key)).toEqual(['k0', 'k1', 'k2', 'k3', 'k4']);
  await end();
});
