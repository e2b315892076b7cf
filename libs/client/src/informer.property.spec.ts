import { Pod } from '@own-kube/api';
import { createLogger } from '@own-kube/process';
import { createFakeClock } from '@own-kube/process/testing';
import fc from 'fast-check';
import type { Change } from './changes';
import { createInformer } from './informer';
import { keyOf } from './key-of';
import { createFakeApi, type FakeApi } from './testing';

/** What may happen to the cluster, or to the connection to it. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('write' as const), name: fc.constantFrom('a', 'b', 'c') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('delete' as const), name: fc.constantFrom('a', 'b', 'c') }),
  },
  fc.record({ do: fc.constantFrom('break', 'compact', 'bookmark', 'down', 'up', 'settle', 'wait') }),
);
type Step = { do: string; name?: string };

const nameOf = (pod: Pod) => pod.metadata!.name!;
const stateOf = (pod: Pod) => `${pod.metadata!.uid}@${pod.metadata!.resourceVersion}`;

async function write({ client }: FakeApi, name: string): Promise<void> {
  const all = await client.pods.list();
  const pod = all.items.find((item) => nameOf(item) === name);
  if (!pod) await client.pods.create(Pod.fromPartial({ metadata: { name } }));
  else await client.pods.update(pod);
}

async function apply(api: FakeApi, clock: ReturnType<typeof createFakeClock>, step: Step): Promise<void> {
  switch (step.do) {
    case 'break':
      return api.breakWatches();
    case 'compact':
      return api.compact();
    case 'bookmark':
      return api.sendBookmarks();
    case 'down':
    case 'up':
      return api.setDown(step.do === 'down');
    case 'settle':
    case 'wait':
      return clock.advance(step.do === 'wait' ? 150 : 0);
  }
  // Nobody can write while the server is down.
  const change = step.do === 'write' ? write(api, step.name!) : api.client.pods.delete({ name: step.name });
  await change.catch(() => undefined);
}

/** Follows the changes as a handler that has nothing else, and fails where one does not follow on the one before. */
function createFollower() {
  const known = new Map<string, string>();
  return {
    known,
    see: ({ object, old, deleted }: Change<Pod>) => {
      expect(known.get(nameOf(object))).toBe(old && stateOf(old));
      if (deleted) known.delete(nameOf(object));
      else {
        const version = Number(object.metadata!.resourceVersion);
        expect(version).toBeGreaterThan(Number(old?.metadata?.resourceVersion ?? 0));
        known.set(nameOf(object), stateOf(object));
      }
    },
  };
}

test('whatever happens and wherever it breaks, in the end the copy and what its handlers heard are the truth', async () => {
  const log = createLogger({ component: 'test', level: 'silent' });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const api = createFakeApi();
      const clock = createFakeClock(0);
      const stop = new AbortController();
      const informer = createInformer({ client: api.client.pods, clock, log, random: () => 0 });
      const { known, see } = createFollower();
      const failures: unknown[] = [];
      informer.onChange((change) => {
        try {
          see(change);
        } catch (error) {
          failures.push(error);
        }
      });
      const running = informer.run(stop.signal);
      for (const one of steps) await apply(api, clock, one);
      api.setDown(false);
      await clock.advance(20_000);

      expect(failures).toEqual([]);
      const truth = (await api.client.pods.list()).items;
      const states = (pods: Pod[]) => Object.fromEntries(pods.map((pod) => [nameOf(pod), stateOf(pod)]));
      expect(states(informer.list())).toEqual(states(truth));
      expect(Object.fromEntries(known)).toEqual(states(truth));
      expect(informer.list().every((pod) => informer.get(keyOf(pod)) === pod)).toBe(true);
      stop.abort();
      await running;
    }),
    { numRuns: 200 },
  );
});
