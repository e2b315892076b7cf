import { ApiError } from '@own-kube/api';
import { createLogger } from '@own-kube/process';
import { createFakeClock } from '@own-kube/testing';
import type { ContainerEngine } from '../docker/engine';
import { createImagePulls } from './image-pulls';

const { signal } = new AbortController();
const ticket = (uid: string, attempt = 0) => ({ uid, container: 'a', image: 'web:1', attempt });

/** Pulls from an engine whose downloads the test ends. */
function setUp() {
  const clock = createFakeClock(0);
  const downloads: PromiseWithResolvers<void>[] = [];
  const settled: string[] = [];
  const pull = () => {
    const download = Promise.withResolvers<void>();
    downloads.push(download);
    return download.promise;
  };
  const pulls = createImagePulls({
    engine: { pull } as Partial<ContainerEngine> as ContainerEngine,
    clock,
    log: createLogger({ component: 'test', level: 'error' }),
    onSettled: (uid) => settled.push(uid),
  });
  return { clock, downloads, settled, pulls, flush: () => clock.advance(0) };
}

test('who waits for the same image shares one download', async () => {
  const { downloads, settled, pulls, flush } = setUp();
  pulls.start(ticket('u1'), signal);
  pulls.start(ticket('u2', 3), signal);
  expect(pulls.stateOf(ticket('u1'))).toEqual({ state: 'pulling' });
  expect(downloads).toHaveLength(1);
  downloads[0]!.resolve();
  await flush();
  expect(settled).toEqual(['u1', 'u2']);
  expect(pulls.stateOf(ticket('u2'))).toEqual({ state: 'pulled', attempt: 3 });
});

test('after a failure the next try waits, longer each time', async () => {
  const { clock, downloads, pulls, flush } = setUp();
  for (const [index, waitMs] of [10_000, 20_000, 40_000].entries()) {
    pulls.start(ticket('u1'), signal);
    downloads[index]!.reject(new ApiError('NotFound', 'there is none'));
    await flush();
    const failedAt = clock.now();
    const message = 'there is none';
    expect(pulls.stateOf(ticket('u1'))).toEqual({
      state: 'failed',
      message,
      failedAt,
      retryAt: failedAt + waitMs,
    });
    await clock.advance(waitMs);
  }
});

test('what failed for another image does not count', async () => {
  const { downloads, pulls, flush } = setUp();
  pulls.start(ticket('u1'), signal);
  downloads[0]!.reject(new ApiError('NotFound', 'there is none'));
  await flush();
  expect(pulls.stateOf({ ...ticket('u1'), image: 'web:2' })).toBeUndefined();
});

test('the end of a pull for a pod that is gone leaves nothing behind', async () => {
  const { downloads, pulls, flush } = setUp();
  pulls.start(ticket('u1'), signal);
  pulls.forget('u1');
  downloads[0]!.resolve();
  await flush();
  expect(pulls.stateOf(ticket('u1'))).toBeUndefined();
});
