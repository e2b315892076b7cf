import { systemClock } from './clock';

describe('systemClock', () => {
  test('sleeps for about the time asked for', async () => {
    const start = performance.now();
    await systemClock.sleep(20);
    expect(performance.now() - start).toBeGreaterThanOrEqual(15);
  });

  test('rejects with the reason of the signal, at once', async () => {
    const reason = new Error('shutting down');
    const controller = new AbortController();
    const sleep = systemClock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
    await expect(systemClock.sleep(60_000, controller.signal)).rejects.toBe(reason);
  });

  test('a time beyond what timers know does not end at once', async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(Number.MAX_SAFE_INTEGER, controller.signal).then(
      () => 'ended',
      () => 'aborted',
    );
    await systemClock.sleep(5);
    controller.abort();
    expect(await sleep).toBe('aborted');
  });
});
