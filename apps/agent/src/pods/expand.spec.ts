import { expand } from './expand';

const variables = new Map([
  ['A', 'one'],
  ['B', '$(A)'],
  ['EMPTY', ''],
]);

test.each([
  ['plain', 'plain'],
  ['$(A)', 'one'],
  ['x$(A)y$(A)z', 'xoneyonez'],
  ['$(B)', '$(A)'],
  ['$(EMPTY)', ''],
  ['$(MISSING)', '$(MISSING)'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$one'],
  ['$$', '$'],
  ['$A ${A}', '$A ${A}'],
  ['$(A', '$(A'],
  ['$', '$'],
])('%s -> %s', (text, expanded) => {
  expect(expand(text, variables)).toBe(expanded);
});
