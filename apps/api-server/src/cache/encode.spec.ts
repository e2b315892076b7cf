import { Pod, PodEvent, PodList } from '@own-kube/api';
import { encodeBookmark, encodeEvent, encodeList, initialEventsEnd } from './encode';

const aPod = (name: string, padding = 0) =>
  Pod.fromPartial({ metadata: { name }, spec: { nodeName: 'n'.repeat(padding) } });
const stored = (pod: Pod) => Pod.encode(pod).finish();
const versioned = (pod: Pod, resourceVersion: string): Pod =>
  Pod.fromPartial({ ...pod, metadata: { ...pod.metadata, resourceVersion } });

test.each([0, 100, 20_000])('an event with an object of %i bytes and more', (size) => {
  const pod = aPod('a', size);
  expect(PodEvent.decode(encodeEvent('MODIFIED', stored(pod), 42))).toEqual({
    type: 'MODIFIED',
    object: versioned(pod, '42'),
  });
});

test('a bookmark is an object of nothing but its version', () => {
  expect(PodEvent.decode(encodeBookmark(7))).toEqual({
    type: 'BOOKMARK',
    object: Pod.fromPartial({ metadata: { resourceVersion: '7' } }),
  });
  const last = PodEvent.decode(encodeBookmark(7, { [initialEventsEnd]: 'true' }));
  expect(last.object?.metadata?.annotations).toEqual({ [initialEventsEnd]: 'true' });
});

test('a list of objects, each with its own version', () => {
  const pods = [aPod('a'), aPod('b', 300), aPod('c', 40_000)];
  const list = encodeList(
    { resourceVersion: '99', continue: 'next', remainingItemCount: 5 },
    pods.map((pod, index) => ({ value: stored(pod), revision: index + 1 })),
  );
  expect(PodList.decode(list)).toEqual({
    metadata: { resourceVersion: '99', continue: 'next', remainingItemCount: 5 },
    items: pods.map((pod, index) => versioned(pod, String(index + 1))),
  });
});

test('an empty list', () => {
  expect(PodList.decode(encodeList({ resourceVersion: '1' }, [])).items).toEqual([]);
});
