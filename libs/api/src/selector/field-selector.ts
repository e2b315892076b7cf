/** Field selectors as kubectl's --field-selector takes them: `spec.nodeName=node-1,status.phase!=Running`. */
import { ApiError } from '../errors';
import type { ApiObject, Kind } from '../kinds';
import { messageFields } from '../generated/schema';
import { didYouMean } from '../nearest-name';

/** One condition on a field; what is not set counts as "". */
export interface FieldRequirement {
  readonly path: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}

/**
 * Reads a field selector; an empty one selects everything. A backslash takes the meaning from `,`, `=` and itself.
 * @throws ApiError Invalid
 */
export function parseFieldSelector(text: string): FieldRequirement[] {
  if (text.trim() === '') return [];
  return (text.match(/(?:\\.?|[^,\\])+/g) ?? []).map((term) => {
    const match = /^\s*([^=!\\\s]+)\s*(==|!=|=)((?:\\[,=\\]|[^=\\])*)$/.exec(term);
    if (!match)
      throw new ApiError(
        'Invalid',
        `Field selector "${text}": "${term}" is no condition; write it as spec.nodeName=node-1 or status.phase!=Running.`,
      );
    const [, path = '', operator, value = ''] = match;
    return { path, operator: operator === '!=' ? '!=' : '=', value: value.trim().replace(/\\(.)/g, '$1') };
  });
}

/**
 * Makes a test of objects of a kind. Any field that holds one text, number or truth value can be selected by.
 * @throws ApiError Invalid that names a field which the kind does not have.
 */
export function compileFieldSelector(
  kind: Kind,
  requirements: readonly FieldRequirement[],
): (object: ApiObject) => boolean {
  const compiled = requirements.map(({ path, operator, value }) => {
    const names = path.split('.');
    checkPath(kind, names);
    return { names, wanted: value, equal: operator === '=' };
  });
  return (object) =>
    compiled.every(({ names, wanted, equal }) => (valueAt(object, names) === wanted) === equal);
}

function checkPath(kind: Kind, names: readonly string[]): void {
  let message = kind.message;
  names.forEach((name, index) => {
    const fields = messageFields[message] ?? [];
    const field = fields.find((candidate) => candidate.name === name && !candidate.inline);
    const isLast = index === names.length - 1;
    const selectable = field && !field.repeated && !field.map && isLast === !messageFields[field.type];
    if (!selectable) {
      const known = fields.map((candidate) => candidate.name);
      const hint = field ? '' : didYouMean(name, known);
      throw new ApiError(
        'Invalid',
        `${kind.plural} cannot be selected by the field "${names.join('.')}"${hint}. Fields that hold one value can be used, as metadata.name.`,
      );
    }
    message = field.type;
  });
}

function valueAt(object: ApiObject, names: readonly string[]): string {
  let value: unknown = object;
  for (const name of names) value = (value as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
