import {
  type ApiObject,
  compileFieldSelector,
  type Kind,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
} from '@own-kube/api';
import type { Selection } from '../list-watch';

/** Makes the test whether an object of a kind is selected. */
export function compileSelection<T extends ApiObject>(
  kind: Kind<T>,
  { namespace, labelSelector = '', fieldSelector = '' }: Selection,
): (object: T) => boolean {
  const labels = parseLabelSelector(labelSelector);
  // The test itself asks for nothing that only another kind has.
  const fieldsMatch = compileFieldSelector(kind, parseFieldSelector(fieldSelector));
  return (object) =>
    (!namespace || object.metadata?.namespace === namespace) &&
    matchesLabels(labels, object.metadata?.labels ?? {}) &&
    fieldsMatch(object);
}
