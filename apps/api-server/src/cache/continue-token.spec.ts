import { formatContinue, parseContinue } from './continue-token';

test('a token is read as it was written', () => {
  const token = { revision: 42, after: '/pods/default/ü' };
  expect(parseContinue(formatContinue(token), '/pods/')).toEqual(token);
});

test.each([
  ['of another kind', formatContinue({ revision: 1, after: '/nodes/a' })],
  ['of nothing', ''],
  ['made up', 'bWFkZSB1cA'],
  ['of other types', Buffer.from('["1", 2]').toString('base64url')],
  ['of no list', Buffer.from('{}').toString('base64url')],
])('a token %s is refused', (_name, token) => {
  expect(() => parseContinue(token, '/pods/')).toThrow('not a token of this list');
});
