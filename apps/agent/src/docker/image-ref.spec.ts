import { parseImageRef } from './image-ref';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  ['busybox', { name: 'busybox', tag: 'latest' }],
  ['busybox:1.36', { name: 'busybox', tag: '1.36' }],
  ['own-kube/pause:latest', { name: 'own-kube/pause', tag: 'latest' }],
  ['localhost:5000/a/b_c', { name: 'localhost:5000/a/b_c', tag: 'latest' }],
  ['example.org/team/web:v1-rc.2', { name: 'example.org/team/web', tag: 'v1-rc.2' }],
  [`busybox@${digest}`, { name: 'busybox', tag: digest }],
  [`busybox:1.36@${digest}`, { name: 'busybox', tag: digest }],
])('%s', (image, ref) => {
  expect(parseImageRef(image)).toEqual(ref);
});

test.each([
  '',
  'UPPER',
  'a b',
  'busybox:',
  'busybox:-x',
  '-a',
  'a//b',
  'busybox@sha256:12',
  'a?tag=b',
  '../a',
])('%j is no image', (image) => {
  expect(parseImageRef(image)).toBeUndefined();
});
