import type { Pod } from '@own-kube/api';
import type { WatchEvent } from '@own-kube/client';
import { createFakeApi, type FakeApi } from '@own-kube/client/testing';
import { aPod } from '@own-kube/testing';
import { watchChanges } from './watch-changes';

const describeEvent = ({ type, object }: WatchEvent<Pod>): string => `${type} ${object.metadata?.name}`;

/** The next changes of pods from now on, while `act` goes on. */
async function watchWhile(
  api: FakeApi,
  count: number,
  act: (seen: number) => Promise<void>,
): Promise<string[]> {
  const stop = new AbortController();
  const { metadata } = await api.client.pods.list();
  const changes = watchChanges(
    api.client.pods,
    { resourceVersion: metadata?.resourceVersion },
    { signal: stop.signal, onBreak: () => undefined },
  );
  const seen: string[] = [];
  await act(0);
  for await (const event of changes) {
    seen.push(describeEvent(event));
    if (seen.length === count) stop.abort();
    else await act(seen.length);
  }
  return seen;
}

describe('watchChanges', () => {
  test('goes on after the connection broke, without loss or repetition', async () => {
    const api = createFakeApi();
    await api.client.pods.create(aPod({ name: 'before' }));
    const seen = await watchWhile(api, 3, async (count) => {
      await api.client.pods.create(aPod({ name: `p${count}` }));
      if (count === 1) api.breakWatches();
    });
    expect(seen).toEqual(['ADDED p0', 'ADDED p1', 'ADDED p2']);
  });

  test('begins anew where its version is too old', async () => {
    const api = createFakeApi();
    const seen = await watchWhile(api, 3, async (count) => {
      await api.client.pods.create(aPod({ name: `p${count}` }));
      if (count > 0) return;
      await api.client.pods.create(aPod({ name: 'more' }));
      api.compact();
    });
    expect(seen).toEqual(['ADDED p0', 'ADDED more', expect.any(String)]);
  });

  test('any other error ends it', async () => {
    const changes = watchChanges(
      createFakeApi().client.pods,
      { labelSelector: '((' },
      { signal: new AbortController().signal, onBreak: () => undefined },
    );
    await expect(changes.next()).rejects.toThrow('((');
  });
});
