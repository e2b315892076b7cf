import { createLogger } from '@own-kube/process';
import { createFakeClock } from '@own-kube/process/testing';
import { runWorkers } from './run-workers';
import { createWorkQueue } from './work-queue';

const log = createLogger({ component: 'test', level: 'silent' });

function setup() {
  const clock = createFakeClock(0);
  return { clock, queue: createWorkQueue<string>({ clock }), stop: new AbortController() };
}

test('work that fails is done again after its back-off, until it goes well', async () => {
  const { clock, queue, stop } = setup();
  const at: number[] = [];
  const running = runWorkers(queue, { log, signal: stop.signal }, async () => {
    at.push(clock.now());
    if (at.length < 4) throw new Error('not yet');
  });
  queue.add('a');
  await clock.advance(1000);
  expect(at).toEqual([0, 5, 15, 35]);
  stop.abort();
  await running;
});

test('several keys are worked on at a time, one key never twice', async () => {
  const { clock, queue, stop } = setup();
  const active: string[] = [];
  let most = 0;
  const running = runWorkers(queue, { workers: 3, log, signal: stop.signal }, async (key) => {
    expect(active).not.toContain(key);
    active.push(key);
    most = Math.max(most, active.length);
    queue.add('a');
    await clock.sleep(10, stop.signal);
    active.splice(active.indexOf(key), 1);
  });
  for (const key of ['a', 'b', 'c', 'd']) queue.add(key);
  await clock.advance(100);
  expect(most).toBe(3);
  stop.abort();
  await running;
});

test('nothing is done before the caches are synced', async () => {
  const { clock, queue, stop } = setup();
  const synced = Promise.withResolvers<void>();
  const done: string[] = [];
  const ready = [{ synced: () => synced.promise }];
  const running = runWorkers(queue, { ready, log, signal: stop.signal }, async (key) => void done.push(key));
  queue.add('a');
  await clock.advance(1);
  expect(done).toEqual([]);
  synced.resolve();
  await clock.advance(1);
  expect(done).toEqual(['a']);
  stop.abort();
  await running;
});

test('when it is stopped it waits for the work under way', async () => {
  const { clock, queue, stop } = setup();
  let ended = false;
  const running = runWorkers(queue, { log, signal: stop.signal }, async () => {
    await clock.sleep(10);
    ended = true;
  });
  queue.add('a');
  queue.add('b');
  await clock.advance(1);
  stop.abort();
  await clock.advance(10);
  await running;
  expect(ended).toBe(true);
  expect(queue.length).toBe(1);
});
