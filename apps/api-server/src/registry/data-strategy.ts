/** What holds for kinds that are data alone: no status, and mostly no spec. */
import type { ApiObject, Kind } from '@own-kube/api';
import { deepEqual } from './deep-equal';
import { defineStrategy, metadataOf, withGeneration } from './spec-status';
import type { Strategy } from './strategy';

/** A strategy of what is special about a kind without a status; nothing counts its generations. */
export const defineDataStrategy = <T extends ApiObject>(
  kind: Kind<T>,
  special: Partial<Omit<Strategy<T>, 'kind'>>,
): Strategy<T> =>
  defineStrategy<T>(kind, {
    prepareForCreate: (object) => object,
    prepareForUpdate: (next) => next,
    prepareForStatusUpdate: (_next, current) => current,
    validateStatusUpdate: () => [
      { field: 'status', description: `must not be written: a ${kind.kind} has none. Use Update.` },
    ],
    ...special,
  });

/** For kinds without a status whose generation counts: the one of a new object, and that after an update. */
export const countedGenerations = <T extends ApiObject>(): Pick<
  Strategy<T>,
  'prepareForCreate' | 'prepareForUpdate'
> => ({
  prepareForCreate: (object) => withGeneration(object, 1),
  prepareForUpdate: (next, current) => {
    const generation = metadataOf(current).generation ?? 1;
    const same = deepEqual({ ...next, metadata: undefined }, { ...current, metadata: undefined });
    return withGeneration(next, same ? generation : generation + 1);
  },
});
