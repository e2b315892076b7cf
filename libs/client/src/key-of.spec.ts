import { keyOf, refOfKey } from './key-of';

test.each([
  [{ namespace: 'default', name: 'web' }, 'default/web'],
  [{ name: 'node-1' }, 'node-1'],
])('%j has the key %s, and back', (ref, key) => {
  expect(keyOf({ metadata: ref as never })).toBe(key);
  expect(refOfKey(key)).toEqual(ref);
});
