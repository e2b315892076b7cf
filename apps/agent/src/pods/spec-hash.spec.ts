import { Container } from '@own-kube/api';
import { specHash } from './spec-hash';

const base = Container.fromPartial({ name: 'a', image: 'web:1', args: ['x', 'y'] });

test('equal specs have one hash, whatever the order of their fields', () => {
  const { name, image, ...rest } = base;
  expect(specHash({ ...rest, image, name })).toBe(specHash(base));
  expect(specHash({ ...base, stdin: undefined })).toBe(specHash(base));
  expect(specHash(base)).toMatch(/^[0-9a-f]{16}$/);
});

test.each([
  ['the image', { image: 'web:2' }],
  ['the order of arguments', { args: ['y', 'x'] }],
  ['a limit', { resources: { limits: { memory: { string: '1Mi' } } } }],
])('%s changes the hash', (_name, change) => {
  expect(specHash(Container.fromPartial({ ...base, ...change }))).not.toBe(specHash(base));
});
