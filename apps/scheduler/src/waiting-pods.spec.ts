import { createWorkQueue } from '@own-kube/client';
import { createFakeClock } from '@own-kube/testing';
import { createWaitingPods } from './waiting-pods';

function setup() {
  const clock = createFakeClock(0);
  const queue = createWorkQueue<string>({ clock });
  const waiting = createWaitingPods({ queue, clock });
  const take = async () => {
    const key = (await queue.get())!;
    queue.done(key);
    return key;
  };
  return { clock, queue, waiting, take };
}

test('a change that may help brings a pod back, but not before its pause is over', async () => {
  const { clock, queue, waiting, take } = setup();
  for (const pause of [1000, 2000, 4000, 8000, 10_000, 10_000]) {
    waiting.add('a');
    waiting.retryAll();
    waiting.retryAll();
    await clock.advance(pause - 1);
    expect(queue.length).toBe(0);
    await clock.advance(1);
    expect(await take()).toBe('a');
    expect(queue.length).toBe(0);
  }
});

test('after its pause a change brings it back at once', async () => {
  const { clock, queue, waiting } = setup();
  waiting.add('a');
  await clock.advance(5000);
  expect(queue.length).toBe(0);
  waiting.retryAll();
  expect(queue.length).toBe(1);
});

test('without any change it comes back after a minute; once bound it does not', async () => {
  const { clock, queue, waiting, take } = setup();
  waiting.add('a');
  await clock.advance(60_000);
  expect(await take()).toBe('a');
  waiting.delete('a');
  waiting.retryAll();
  await clock.advance(60_000);
  expect([queue.length, waiting.has('a')]).toEqual([0, false]);
});
