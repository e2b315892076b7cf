import type { ApiObject } from '@own-kube/api';
import type { CachedKind } from '../cache/cached-object';
import { metadataOf } from './spec-status';
import type { Strategy } from './strategy';

/** A kind as the cache needs it. */
export const cachedKindOf = (strategy: Strategy): CachedKind => ({
  kind: strategy.kind,
  selectable: (object) => ({ labels: metadataOf(object).labels, fields: fieldsOf(strategy, object) }),
});

/** The fields that a kind's objects can be selected by. */
export const selectablePaths = (strategy: Strategy): string[] => Object.keys(fieldsOf(strategy, {}));

const fieldsOf = (strategy: Strategy, object: ApiObject): Record<string, string> => {
  const { name = '', namespace = '' } = metadataOf(object);
  return {
    'metadata.name': name,
    ...(strategy.kind.namespaced ? { 'metadata.namespace': namespace } : {}),
    ...strategy.selectableFields(object),
  };
};
