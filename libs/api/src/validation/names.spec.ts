import {
  checkAnnotations,
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkLabels,
  checkLabelValue,
  checkPortName,
  checkQualifiedName,
} from './names';

const valid = (check: (value: string, field: string) => unknown[], value: string): boolean =>
  check(value, 'x').length === 0;

test.each([
  [
    checkDns1123Label,
    ['a', 'a-1', '0', 'a'.repeat(63)],
    ['', 'A', '-a', 'a-', 'a.b', 'a_b', 'a\n', 'a'.repeat(64)],
  ],
  [
    checkDns1123Subdomain,
    ['a', 'a.b-c.0', 'a'.repeat(253)],
    ['', 'a..b', '.a', 'a.', 'a.-b', 'A.b', 'a'.repeat(254)],
  ],
  [checkDns1035Label, ['a', 'a-1'], ['', '1a', 'a-', 'a.b']],
  [checkLabelValue, ['', 'A_1.b', '0'], ['-a', 'a-', 'a b', 'a'.repeat(64), 'ü']],
  [checkPortName, ['http', 'web-2'], ['', '80', 'a--b', 'Http', 'a'.repeat(16), '-a']],
  [
    checkQualifiedName,
    ['app', 'example.com/App_1', 'a'.repeat(63)],
    ['', '/a', 'a/', 'a/b/c', 'Ex.com/a', '__proto__', 'a/b c', 'a'.repeat(64)],
  ],
] as const)('%p', (check, good, bad) => {
  expect(good.filter((value) => !valid(check, value))).toEqual([]);
  expect(bad.filter((value) => valid(check, value))).toEqual([]);
});

test('labels and annotations are named by their keys', () => {
  expect(checkLabels({ ok: 'a', 'not ok': 'b', c: '-' }, 'metadata.labels')).toEqual([
    { field: 'metadata.labels[not ok]', description: expect.stringContaining('"not ok" must consist of') },
    { field: 'metadata.labels[c]', description: expect.stringContaining('"-" must consist of') },
  ]);
  expect(checkAnnotations({ 'Example.com/A': 'anything at all\n' }, 'x')).toEqual([]);
  expect(checkAnnotations({ a: 'x'.repeat(256 * 1024) }, 'x')).toEqual([
    { field: 'x', description: 'must be no more than 262144 bytes in all, got 262145' },
  ]);
});
