import { invalid, matchesLabels, parseFieldSelector, parseLabelSelector } from '@own-kube/api';
import type { CachedKind, CachedObject } from '../cache/cached-object';
import type { Selection } from '../cache/selection';
import { scopePrefix } from '../registry/keys';

/** What a list or a watch says of the objects that it is about. */
export interface SelectionRequest {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** The selection that a request asks for. A selector that cannot be understood is refused. */
export function buildSelection(
  of: CachedKind,
  selectable: readonly string[],
  { namespace = '', labelSelector = '', fieldSelector = '' }: SelectionRequest,
): Selection {
  const labels = parseLabelSelector(labelSelector);
  const fields = parseFieldSelector(fieldSelector);
  for (const { path } of fields) checkSelectable(of, selectable, path);
  const matches = (object: CachedObject) =>
    matchesLabels(labels, object.selectable.labels) &&
    fields.every(
      ({ path, operator, value }) =>
        ((object.selectable.fields[path] ?? '') === value) === (operator === '='),
    );
  const everything = labels.length + fields.length === 0;
  return { prefix: scopePrefix(of.kind, namespace), everything, matches: everything ? () => true : matches };
}

/** The one name that a field selector asks for; "" where it asks for none. One that cannot be understood is refused. */
export function selectedName(fieldSelector = ''): string {
  if (!fieldSelector) return '';
  const name = parseFieldSelector(fieldSelector).find(
    ({ path, operator }) => path === 'metadata.name' && operator === '=',
  );
  return name?.value ?? '';
}

function checkSelectable({ kind }: CachedKind, selectable: readonly string[], path: string): void {
  if (selectable.includes(path)) return;
  throw invalid('The request', [
    {
      field: 'fieldSelector',
      description: `${kind.plural} cannot be selected by "${path}", only by ${selectable.join(', ')}`,
    },
  ]);
}
