import { createFakeClock } from './fake-clock';

test('sleeps end at their own moment and in order, also those that begin on the way', async () => {
  const clock = createFakeClock(0);
  const seen: string[] = [];
  const tick = async (name: string, ms: number, times: number) => {
    for (let i = 0; i < times; i++) {
      await clock.sleep(ms);
      seen.push(`${name}@${clock.now()}`);
    }
  };
  const all = Promise.all([tick('a', 10, 3), tick('b', 15, 2)]);
  await clock.advance(29);
  expect(seen).toEqual(['a@10', 'b@15', 'a@20']);
  expect([clock.now(), clock.sleeping]).toEqual([29, 2]);
  await clock.advance(1);
  await all;
  expect(seen.slice(3).sort()).toEqual(['a@30', 'b@30']);
});

test('an aborted sleep rejects with the reason and is forgotten', async () => {
  const clock = createFakeClock();
  const controller = new AbortController();
  const sleep = clock.sleep(10, controller.signal);
  controller.abort(new Error('stop'));
  await expect(sleep).rejects.toThrow('stop');
  await expect(clock.sleep(10, controller.signal)).rejects.toThrow('stop');
  expect(clock.sleeping).toBe(0);
});
