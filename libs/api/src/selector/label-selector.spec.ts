import fc from 'fast-check';
import { LabelSelector } from '../generated/index.ownkube.meta.v1';
import { checkLabelSelector, parseLabelSelector, requirementsOf } from './label-selector';
import { matchesLabels } from './requirement';

const labels = { app: 'web', env: 'prod', empty: '', cores: '8' };

describe('label selectors', () => {
  test.each([
    ['', true],
    ['  ', true],
    ['app=web', true],
    ['app==web', true],
    [' app = web , env in ( prod , dev ) ', true],
    ['app=db', false],
    ['app!=db', true],
    ['missing!=x', true],
    ['missing notin (x)', true],
    ['env notin (prod)', false],
    ['app', true],
    ['!app', false],
    ['!missing', true],
    ['empty=', true],
    ['app=', false],
    ['empty in (,a)', true],
    ['cores>4,cores<9', true],
    ['cores>8', false],
    ['app>1', false],
    ['missing=x', false],
    ['constructor', false],
    ['example.com/a!=b', true],
    ['in=x', false],
  ])('%s selects: %s', (text, selected) => {
    expect(matchesLabels(parseLabelSelector(text), labels)).toBe(selected);
  });

  test.each([
    ['app=web,', 'expected a label, got the end'],
    ['app in web', 'expected "(", got "web"'],
    ['app in (a', 'expected "," or ")", got the end'],
    ['app=a b', 'expected "," or the end, got "b"'],
    ['=a', 'expected a label, got "="'],
    ['app~a', 'expected =, ==, !=, <, >, in, notin, "," or the end, got "~"'],
    ['app>x', '"x" must be an integer'],
    ['-app=x', '"-app" must consist of letters'],
    ['app=-x', '"-x" must consist of letters'],
    ['a/b/c', 'must be a name, or a prefix'],
  ])('%s is refused', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(`Label selector "${text}"`);
    expect(() => parseLabelSelector(text)).toThrow(message);
  });

  test('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseLabelSelector(text);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('Invalid');
        }
      }),
    );
  });

  test('messages: matchLabels and matchExpressions must all hold', () => {
    const selector = LabelSelector.fromPartial({
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'env', operator: 'In', values: ['prod'] },
        { key: 'gone', operator: 'DoesNotExist' },
      ],
    });
    expect(checkLabelSelector(selector, 'spec.selector')).toEqual([]);
    expect(matchesLabels(requirementsOf(selector), labels)).toBe(true);
    expect(matchesLabels(requirementsOf(selector), { app: 'web' })).toBe(false);
  });

  test('messages: what is wrong is named, and selects nothing', () => {
    const selector = LabelSelector.fromPartial({
      matchLabels: { 'a b': 'x' },
      matchExpressions: [
        { key: 'env', operator: 'Near', values: ['prod'] },
        { key: 'env', operator: 'In' },
        { key: 'env', operator: 'Exists', values: ['x'] },
      ],
    });
    expect(checkLabelSelector(selector, 'spec.selector').map(({ field }) => field)).toEqual([
      'spec.selector.matchLabels[a b]',
      'spec.selector.matchExpressions[0].operator',
      'spec.selector.matchExpressions[1]',
      'spec.selector.matchExpressions[2]',
    ]);
    expect(matchesLabels(requirementsOf(selector), labels)).toBe(false);
  });
});
