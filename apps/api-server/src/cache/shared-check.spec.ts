import { SharedCheck } from './shared-check';

/** Checks that end when they are told to. */
function controlled() {
  const open: PromiseWithResolvers<number>[] = [];
  const check = new SharedCheck(() => {
    const next = Promise.withResolvers<number>();
    open.push(next);
    return next.promise;
  });
  return { check, open };
}

test('those who ask while a check runs share the next one, which begins after they asked', async () => {
  const { check, open } = controlled();
  const first = check.ask();
  const later = [check.ask(), check.ask()];
  expect(open).toHaveLength(1);
  open[0]!.resolve(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  const third = check.ask();
  open[1]!.resolve(2);
  expect(await Promise.all(later)).toEqual([2, 2]);
  await Promise.resolve();
  expect(open).toHaveLength(3);
  open[2]!.resolve(3);
  expect(await third).toBe(3);
});

test('a failed check fails for those who asked for it alone', async () => {
  const { check, open } = controlled();
  const first = check.ask();
  const second = check.ask();
  open[0]!.reject(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await Promise.resolve();
  open[1]!.resolve(2);
  expect(await second).toBe(2);
  await Promise.resolve();
  const third = check.ask();
  open[2]!.resolve(3);
  expect(await third).toBe(3);
});
