import { pickMirror } from './debian-mirror.ts';

test.each([
  [
    'Debian',
    'https://other.example/x Other main\nhttp://near.example/debian/ Debian main',
    'http://near.example/debian',
  ],
  [
    'Ubuntu, which has no mirror of Debian',
    'http://archive.example/ubuntu/ Ubuntu main',
    'http://deb.debian.org/debian',
  ],
  ['no apt at all', '', 'http://deb.debian.org/debian'],
])('on %s', (_name, targets, url) => {
  expect(pickMirror(targets)).toBe(url);
});
