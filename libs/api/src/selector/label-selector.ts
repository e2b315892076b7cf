/** Label selectors as kubectl's -l takes them: `app=web,tier!=cache,env in (a,b),gpu,!old,cores>4`. */
import { ApiError, invalid, type Violation } from '../errors';
import { fieldPath } from '../field-path';
import type { LabelSelector } from '../generated/index.ownkube.meta.v1';
import { checkLabelValue, checkQualifiedName } from '../validation/names';
import { isInteger, type Requirement } from './requirement';

/**
 * Reads a label selector; an empty one selects everything.
 * @throws ApiError Invalid that says where the text is wrong.
 */
export function parseLabelSelector(text: string): Requirement[] {
  const tokens = text.match(/[a-zA-Z0-9_./-]+|==|!=|[=!,()<>]|[^\s]/g) ?? [];
  if (tokens.length === 0) return [];
  const requirements: Requirement[] = [];
  const reader = createReader(text, tokens);
  do requirements.push(readRequirement(reader));
  while (reader.accept(','));
  if (reader.peek() !== undefined) reader.fail('"," or the end');
  const violations = requirements.flatMap((requirement) => checkRequirement(requirement, ''));
  if (violations.length > 0) throw invalid(`Label selector "${text}"`, violations);
  return requirements;
}

/** The requirements of a LabelSelector message: matchLabels and matchExpressions, all of which must hold. */
export const requirementsOf = (selector: LabelSelector): Requirement[] => [
  ...Object.entries(selector.matchLabels).map(([key, value]): Requirement => ({
    key,
    operator: 'In',
    values: [value],
  })),
  ...selector.matchExpressions.map(({ key = '', operator = '', values }): Requirement => ({
    key,
    // What is no operator selects nothing; checkLabelSelector refuses it at the door.
    operator: isSetOperator(operator) ? operator : 'In',
    values: isSetOperator(operator) ? values : [],
  })),
];

/** What is wrong with a LabelSelector message. */
export const checkLabelSelector = (selector: LabelSelector, field: string): Violation[] => [
  ...Object.entries(selector.matchLabels).flatMap(([key, value]) =>
    checkRequirement({ key, operator: 'In', values: [value] }, fieldPath.key(`${field}.matchLabels`, key)),
  ),
  ...selector.matchExpressions.flatMap(({ key = '', operator = '', values }, index) => {
    const at = fieldPath.item(`${field}.matchExpressions`, index);
    return isSetOperator(operator)
      ? checkRequirement({ key, operator, values }, at)
      : [{ field: `${at}.operator`, description: 'must be In, NotIn, Exists or DoesNotExist' }];
  }),
];

type SetOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
const isSetOperator = (text: string): text is SetOperator =>
  ['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(text);

function checkRequirement({ key, operator, values }: Requirement, field: string): Violation[] {
  const violations = [
    ...checkQualifiedName(key, field),
    ...values.flatMap((value) => checkLabelValue(value, field)),
  ];
  const isList = operator === 'In' || operator === 'NotIn';
  if (isList && values.length === 0) violations.push({ field, description: `${operator} needs values` });
  if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0)
    violations.push({ field, description: `${operator} takes no values` });
  if ((operator === 'Gt' || operator === 'Lt') && !isInteger(values[0]))
    violations.push({ field, description: `"${values[0]}" must be an integer` });
  return violations;
}

interface Reader {
  peek(): string | undefined;
  next(): string | undefined;
  accept(token: string): boolean;
  fail(expected: string): never;
}

function createReader(text: string, tokens: readonly string[]): Reader {
  let at = 0;
  return {
    peek: () => tokens[at],
    next: () => tokens[at++],
    accept: (token) => tokens[at] === token && ++at > 0,
    fail: (expected) => {
      const got = tokens[at] === undefined ? 'the end' : `"${tokens[at]}"`;
      throw new ApiError(
        'Invalid',
        `Label selector "${text}": expected ${expected}, got ${got}. Write it as app=web,tier!=cache,env in (a,b),gpu,!old.`,
      );
    },
  };
}

const isWord = (token: string | undefined): token is string =>
  token !== undefined && /^[a-zA-Z0-9_./-]/.test(token);

function readRequirement(reader: Reader): Requirement {
  const absent = reader.accept('!');
  const key = reader.peek();
  if (!isWord(key)) return reader.fail('a label');
  reader.next();
  const operator = reader.peek();
  if (absent) return { key, operator: 'DoesNotExist', values: [] };
  if (operator === undefined || operator === ',') return { key, operator: 'Exists', values: [] };
  if (!['=', '==', '!=', '<', '>', 'in', 'notin'].includes(operator))
    return reader.fail('=, ==, !=, <, >, in, notin, "," or the end');
  reader.next();
  if (operator === 'in') return { key, operator: 'In', values: readList(reader) };
  if (operator === 'notin') return { key, operator: 'NotIn', values: readList(reader) };
  const values = [isWord(reader.peek()) ? reader.next()! : ''];
  if (operator === '>') return { key, operator: 'Gt', values };
  if (operator === '<') return { key, operator: 'Lt', values };
  return { key, operator: operator === '!=' ? 'NotIn' : 'In', values };
}

function readList(reader: Reader): string[] {
  if (!reader.accept('(')) reader.fail('"("');
  const values: string[] = [];
  do values.push(isWord(reader.peek()) ? reader.next()! : '');
  while (reader.accept(','));
  if (!reader.accept(')')) reader.fail('"," or ")"');
  return values;
}
