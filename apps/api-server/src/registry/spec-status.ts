/** What holds for nearly every kind: a spec that users write, a status that is observed, and a generation that counts. */
import { type ApiObject, type Kind, ObjectMeta } from '@own-kube/api';
import { deepEqual } from './deep-equal';
import type { Strategy } from './strategy';

/** An object as most kinds have it. */
interface SpecStatusObject extends ApiObject {
  spec?: unknown;
  status?: unknown;
}

/** A strategy of what is special about a kind; for the rest it is like all others. */
export const defineStrategy = <T extends SpecStatusObject>(
  kind: Kind<T>,
  special: Partial<Omit<Strategy<T>, 'kind'>>,
): Strategy<T> => ({
  kind,
  encrypted: false,
  withDefaults: (object) => object,
  prepareForCreate: (object) => withGeneration({ ...object, status: undefined }, 1),
  prepareForUpdate: keepStatus,
  prepareForStatusUpdate: changeStatusAlone,
  prepareForDelete: (object) => object,
  validate: () => [],
  validateUpdate: () => [],
  validateStatusUpdate: () => [],
  selectableFields: () => ({}),
  claims: () => [],
  openClaims: () => [],
  gracePeriodSeconds: () => 0,
  undeletable: () => undefined,
  mustBeEmpty: () => [],
  ...special,
});

/** The status stays; the generation goes up if the spec changes. */
export function keepStatus<T extends SpecStatusObject>(next: T, current: T): T {
  const generation = current.metadata?.generation ?? 1;
  const changed = !deepEqual(next.spec, current.spec);
  return withGeneration({ ...next, status: current.status }, changed ? generation + 1 : generation);
}

/** The status changes, and of the metadata labels and annotations; all else stays. */
export function changeStatusAlone<T extends SpecStatusObject>(next: T, current: T): T {
  const { labels, annotations } = metadataOf(next);
  return { ...current, status: next.status, metadata: { ...metadataOf(current), labels, annotations } };
}

export const withGeneration = <T extends ApiObject>(object: T, generation: number): T => ({
  ...object,
  metadata: { ...metadataOf(object), generation },
});

/** An object's metadata; an empty one where it has none. */
export const metadataOf = (object: ApiObject): ObjectMeta => object.metadata ?? ObjectMeta.fromPartial({});
