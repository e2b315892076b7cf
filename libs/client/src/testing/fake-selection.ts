import type { ApiObject } from '@own-kube/api';
import type { Selection } from '../list-watch';

/** Whether an object is selected. Of selectors only rows of equalities are understood: "a=b,c!=d". */
export function isSelected(
  object: ApiObject,
  { namespace, labelSelector, fieldSelector }: Selection,
): boolean {
  const labels = object.metadata?.labels ?? {};
  return (
    (!namespace || object.metadata?.namespace === namespace) &&
    requirements(labelSelector).every(({ name, equal, value }) => (labels[name] === value) === equal) &&
    requirements(fieldSelector).every(({ name, equal, value }) => (fieldOf(object, name) === value) === equal)
  );
}

const requirements = (selector = '') =>
  selector
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [, name, operator, value] = /^([^=!]+)(==?|!=)(.*)$/.exec(part) ?? [];
      if (name === undefined)
        throw new Error(`The fake api-server does not understand the selector "${part}".`);
      return { name, equal: operator !== '!=', value };
    });

/** The text of a field, "" where it is not set. */
function fieldOf(object: unknown, path: string): unknown {
  const value = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], object);
  return value ?? '';
}
