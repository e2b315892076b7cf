import { Pod } from '@own-kube/api';
import fc from 'fast-check';
import { withVersion } from './version-splice';

const stored = (pod: Pod): Uint8Array => Pod.encode(pod).finish();

test('the version is in the object, and nothing else has changed', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 300 }),
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      fc.array(fc.string()),
      (name, revision, finalizers) => {
        const pod = Pod.fromPartial({ metadata: { name, finalizers }, spec: { nodeName: name } });
        const expected = { ...pod, metadata: { ...pod.metadata, resourceVersion: String(revision) } };
        expect(Pod.decode(withVersion(stored(pod), revision))).toEqual(expected);
      },
    ),
  );
});

test.each([0, 117, 118, 119, 120, 16_370, 16_380, 16_400])('metadata of %i bytes', (size) => {
  const pod = Pod.fromPartial({ metadata: { name: 'x'.repeat(size) } });
  expect(Pod.decode(withVersion(stored(pod), 1234567)).metadata).toMatchObject({
    name: 'x'.repeat(size),
    resourceVersion: '1234567',
  });
});

test('bytes without metadata are refused', () => {
  expect(() => withVersion(new Uint8Array([0x12, 0]), 1)).toThrow('does not begin with its metadata');
});
