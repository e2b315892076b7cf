/** An object's fields as far as someone can own them. */
import { type ApiObject, encodeManifest, isObject, type Kind } from '@own-kube/api';
import { deepEqual } from '../registry/deep-equal';

type Json = Readonly<Record<string, unknown>>;

/** Of the metadata all else is the object's name or the server's. */
const ownedMetadata = ['labels', 'annotations', 'finalizers', 'ownerReferences'];

/** The ownable fields of JSON; a `half` has the other's fields left out. */
export function ownableFields(json: Json, half?: 'spec' | 'status'): Json {
  const { metadata, status, ...rest } = json;
  const { apiVersion: _apiVersion, kind: _kind, ...spec } = rest;
  const names = half === 'status' ? ['labels', 'annotations'] : ownedMetadata;
  const owned = Object.entries(isObject(metadata) ? metadata : {}).filter(([name]) => names.includes(name));
  return {
    ...(owned.length > 0 ? { metadata: Object.fromEntries(owned) } : {}),
    ...(half === 'status' ? {} : spec),
    ...(half === 'spec' || status === undefined ? {} : { status }),
  };
}

/** The ownable fields of an object. */
export const ownableFieldsOf = <T extends ApiObject>(
  kind: Kind<T>,
  object: T,
  half?: 'spec' | 'status',
): Json => ownableFields(encodeManifest(kind, object), half);

/** Of two versions of an object, the parts that differ: most writes leave most of it as it is. */
export function differingParts(before: ApiObject, after: ApiObject): { before: ApiObject; after: ApiObject } {
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...left.keys(), ...right.keys()].filter(
    (name) => !deepEqual(left.get(name), right.get(name)),
  );
  const pick = (from: ReadonlyMap<string, unknown>) =>
    Object.fromEntries(names.map((name) => [name, from.get(name)])) as ApiObject;
  return { before: pick(left), after: pick(right) };
}
