import { createLogger } from '@own-kube/process';
import { createFakeClock } from '@own-kube/process/testing';
import { createSyncLoop } from './sync-loop';

const log = createLogger({ component: 'test', level: 'error', output: process.stderr });
log.silent = true;

const setup = (outcomes: (string | undefined)[] = []) => {
  const clock = createFakeClock();
  let syncs = 0;
  const sync = async () => {
    const problem = outcomes[syncs++];
    if (problem) throw new Error(problem);
  };
  const loop = createSyncLoop({ name: 'peers', sync, everyMs: 60_000, clock, log });
  const stop = new AbortController();
  const running = loop.run(stop.signal);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async () => {
    stop.abort();
    await running;
  };
  return { clock, loop, settle, end, syncs: () => syncs };
};

test('syncs at once, from time to time, and when triggered', async () => {
  const { clock, loop, settle, end, syncs } = setup();
  await settle();
  expect(syncs()).toBe(1);
  await clock.advance(60_000);
  await settle();
  expect(syncs()).toBe(2);
  loop.trigger();
  await settle();
  expect(syncs()).toBe(3);
  expect(loop.problem()).toBeUndefined();
  await end();
});

test('a failure is tried again soon, and shows until it is over', async () => {
  const { clock, loop, settle, end, syncs } = setup(['no such device', 'no such device']);
  expect(loop.problem()).toBe('peers: no sync yet');
  await settle();
  expect(loop.problem()).toBe('the last sync of peers failed: no such device');
  await clock.advance(500);
  await settle();
  await clock.advance(1000);
  await settle();
  expect(syncs()).toBe(3);
  expect(loop.problem()).toBeUndefined();
  await end();
});

test('a loop that hangs shows', async () => {
  const { clock, loop, settle, end } = setup();
  await settle();
  await end();
  await clock.advance(181_000);
  expect(loop.problem()).toBe('the last sync of peers was 181 s ago');
});
