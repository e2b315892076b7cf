import { createFakeClock } from '@own-kube/process/testing';
import { createWorkQueue } from './work-queue';

const setup = () => {
  const clock = createFakeClock(0);
  return { clock, queue: createWorkQueue<string>({ clock }) };
};

test('keys come out in the order in which they went in, each once', async () => {
  const { queue } = setup();
  for (const key of ['a', 'b', 'a', 'c', 'b']) queue.add(key);
  expect([await queue.get(), await queue.get(), await queue.get()]).toEqual(['a', 'b', 'c']);
  expect(queue.length).toBe(0);
});

test('a key that is worked on is not handed out; added meanwhile, it comes again when it is done', async () => {
  const { queue } = setup();
  queue.add('a');
  await queue.get();
  queue.add('a');
  queue.add('a');
  queue.add('b');
  expect(await queue.get()).toBe('b');
  const next = queue.get();
  queue.done('b');
  expect(queue.length).toBe(0);
  queue.done('a');
  expect(await next).toBe('a');
  queue.done('a');
  expect(queue.length).toBe(0);
});

test('a worker that waits gets the next key', async () => {
  const { queue } = setup();
  const waiting = [queue.get(), queue.get()];
  queue.add('a');
  queue.add('b');
  expect(await Promise.all(waiting)).toEqual(['a', 'b']);
});

test('of two delays the one that ends first counts, and only that', async () => {
  const { clock, queue } = setup();
  queue.addAfter('a', 100);
  queue.addAfter('a', 50);
  queue.addAfter('a', 70);
  await clock.advance(49);
  expect(queue.length).toBe(0);
  await clock.advance(1);
  expect(await queue.get()).toBe('a');
  queue.done('a');
  await clock.advance(1000);
  expect(queue.length).toBe(0);
});

test('retries wait 5 ms, 10 ms, 20 ms, ... up to 1,000 s, and 5 ms again once forgotten', async () => {
  const { clock, queue } = setup();
  const delays: number[] = [];
  const retry = async () => {
    const before = clock.now();
    queue.retry('a');
    const got = queue.get();
    while (queue.length === 0 && clock.sleeping > 0) await clock.advance(5);
    await got;
    queue.done('a');
    delays.push(clock.now() - before);
  };
  for (let i = 0; i < 4; i++) await retry();
  queue.forget('a');
  await retry();
  expect(delays).toEqual([5, 10, 20, 40, 5]);

  for (let i = 0; i < 40; i++) queue.retry('b');
  await clock.advance(10);
  await queue.get();
  queue.done('b');
  queue.retry('b');
  await clock.advance(999_999);
  expect(queue.length).toBe(0);
  await clock.advance(1);
  expect(queue.length).toBe(1);
});

test('a closed queue lets every worker go and starts nothing any more', async () => {
  const { clock, queue } = setup();
  const waiting = queue.get();
  queue.addAfter('a', 10);
  queue.close();
  queue.add('b');
  queue.addAfter('c', 10);
  expect([await waiting, await queue.get()]).toEqual([undefined, undefined]);
  await clock.advance(0);
  expect([queue.length, clock.sleeping]).toEqual([0, 0]);
});
