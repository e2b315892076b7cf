import { ApiError, Pod } from '@own-kube/api';
import { createLogger } from '@own-kube/process';
import { createFakeClock } from '@own-kube/process/testing';
import type { Change } from './changes';
import { createInformer } from './informer';
import { keyOf } from './key-of';
import { createFakeApi } from './testing';

const aPod = (name: string, nodeName?: string) => Pod.fromPartial({ metadata: { name }, spec: { nodeName } });

const describeChange = ({ object, old, deleted }: Change<Pod>) =>
  `${deleted ? 'deleted' : old ? 'changed' : 'added'} ${object.metadata?.name}`;

/** An informer of pods over a fake api-server, and what it told its handlers. */
async function setup(selection: { fieldSelector?: string } = {}) {
  const api = createFakeApi();
  const clock = createFakeClock(0);
  const stop = new AbortController();
  const log = createLogger({ component: 'test', level: 'silent' });
  const { pods } = api.client;
  const list = jest.spyOn(pods, 'list');
  const watch = jest.spyOn(pods, 'watch');
  const indexes = { node: (pod: Pod) => [pod.spec?.nodeName ?? ''] };
  const informer = createInformer({ client: pods, clock, log, indexes, random: () => 0, ...selection });
  const seen: string[] = [];
  informer.onChange((change) => seen.push(describeChange(change)));
  let running: Promise<void> | undefined;
  return {
    ...{ api, clock, informer, list, pods, seen, stop, watch },
    /** Lets all that can happen without time going on happen. */
    settle: () => clock.advance(0),
    start: () => (running = informer.run(stop.signal)),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await running;
    },
  };
}

test('it lists, then follows the changes; handlers hear of all, in order', async () => {
  await using t = await setup();
  await t.pods.create(aPod('a'));
  expect(t.informer.hasSynced()).toBe(false);
  void t.start();
  await t.informer.synced(t.stop.signal);
  await t.pods.create(aPod('b'));
  const a = await t.pods.get({ name: 'a' });
  await t.pods.update({ ...a, metadata: { ...a.metadata!, labels: { x: '1' } } });
  await t.pods.delete({ name: 'a' });
  await t.settle();
  expect(t.seen).toEqual(['added a', 'added b', 'changed a', 'deleted a']);
  expect(t.informer.list().map(keyOf)).toEqual(['default/b']);
  expect(t.informer.get('default/b')?.metadata?.name).toBe('b');
});

test('after a break it goes on from the last version it has seen, without a new list', async () => {
  await using t = await setup();
  void t.start();
  await t.settle();
  const { metadata } = await t.pods.create(aPod('a'));
  await t.settle();
  t.api.breakWatches();
  await t.pods.create(aPod('b'));
  await t.clock.advance(100);
  expect(t.seen).toEqual(['added a', 'added b']);
  expect(t.list).toHaveBeenCalledTimes(1);
  expect(t.watch).toHaveBeenLastCalledWith(
    expect.objectContaining({ resourceVersion: metadata?.resourceVersion }),
    expect.anything(),
  );
});

test('a bookmark moves the version from which it goes on', async () => {
  await using t = await setup({ fieldSelector: 'spec.nodeName=n1' });
  void t.start();
  await t.settle();
  await t.pods.create(aPod('elsewhere', 'n2'));
  await t.settle();
  t.api.sendBookmarks();
  await t.settle();
  t.api.compact();
  t.api.breakWatches();
  await t.clock.advance(100);
  await t.pods.create(aPod('here', 'n1'));
  await t.settle();
  expect(t.seen).toEqual(['added here']);
  expect(t.list).toHaveBeenCalledTimes(1);
});

test('when its version has expired it lists again and tells the difference alone', async () => {
  await using t = await setup();
  for (const name of ['same', 'changes', 'goes', 'is-replaced']) await t.pods.create(aPod(name));
  void t.start();
  await t.settle();
  t.seen.length = 0;
  t.api.setDown(true);
  await t.settle();
  t.api.setDown(false);
  const changes = await t.pods.get({ name: 'changes' });
  await t.pods.update({ ...changes, metadata: { ...changes.metadata!, labels: { x: '1' } } });
  await t.pods.delete({ name: 'goes' });
  await t.pods.delete({ name: 'is-replaced' });
  await t.pods.create(aPod('is-replaced'));
  await t.pods.create(aPod('comes'));
  t.api.compact();
  await t.clock.advance(1000);
  expect(t.seen).toEqual([
    'deleted goes',
    'changed changes',
    'deleted is-replaced',
    'added is-replaced',
    'added comes',
  ]);
  expect(t.list).toHaveBeenCalledTimes(2);
});

test('failures are retried for ever, ever more slowly, and fast again after the first event', async () => {
  await using t = await setup();
  void t.start();
  await t.settle();
  t.api.setDown(true);
  await t.settle();
  await t.clock.advance(100 + 200 + 400 + 800);
  expect(t.watch).toHaveBeenCalledTimes(5);
  t.api.setDown(false);
  await t.pods.create(aPod('a'));
  await t.clock.advance(1600);
  expect(t.seen).toEqual(['added a']);
  t.api.breakWatches();
  await t.pods.create(aPod('b'));
  await t.clock.advance(100);
  expect(t.seen).toEqual(['added a', 'added b']);
});

test('a list that fails is tried again; synced waits for it, or for the signal', async () => {
  await using t = await setup();
  t.list.mockRejectedValueOnce(new ApiError('Internal', 'broken'));
  void t.start();
  const gaveUp = new AbortController();
  const impatient = t.informer.synced(gaveUp.signal);
  gaveUp.abort(new Error('no more'));
  await expect(impatient).rejects.toThrow('no more');
  await t.settle();
  expect(t.informer.hasSynced()).toBe(false);
  await t.clock.advance(100);
  await t.informer.synced(t.stop.signal);
});

test('long lists come page by page', async () => {
  await using t = await setup();
  const page = (names: string[], next?: string) => ({
    metadata: { resourceVersion: '7', continue: next },
    items: names.map((name) => aPod(name)),
  });
  t.list.mockResolvedValueOnce(page(['a', 'b'], 'more')).mockResolvedValueOnce(page(['c']));
  void t.start();
  await t.settle();
  expect(t.seen).toEqual(['added a', 'added b', 'added c']);
  expect(t.list.mock.calls.map(([request]) => request?.continue)).toEqual([undefined, 'more']);
});

test('an index finds objects by their values, and forgets values that are gone', async () => {
  await using t = await setup();
  await t.pods.create(aPod('a', 'n1'));
  const b = await t.pods.create(aPod('b'));
  void t.start();
  await t.settle();
  expect(t.informer.by('node', 'n1').map(keyOf)).toEqual(['default/a']);
  await t.pods.bind({ metadata: b.metadata, target: { name: 'n1' } });
  await t.settle();
  expect(t.informer.by('node', 'n1').map(keyOf)).toEqual(['default/a', 'default/b']);
  expect(t.informer.by('node', '')).toEqual([]);
  expect(() => t.informer.by('owner', 'x')).toThrow('There is no index "owner", only node.');
});

test('a handler that throws keeps neither the others nor the informer from the change', async () => {
  await using t = await setup();
  t.informer.onChange(() => {
    throw new Error('a bug');
  });
  t.informer.onChange((change) => t.seen.push(`second: ${describeChange(change)}`));
  void t.start();
  await t.pods.create(aPod('a'));
  await t.settle();
  await t.pods.create(aPod('b'));
  await t.settle();
  expect(t.seen).toEqual(['added a', 'second: added a', 'added b', 'second: added b']);
});
