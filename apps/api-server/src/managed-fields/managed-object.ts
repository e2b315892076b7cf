/** An object's fields as far as someone can own them. */
import { type ApiObject, encodeManifest, isObject, type Kind } from '@own-kube/api';
import type { Shape } from './shape';

type Json = Readonly<Record<string, unknown>>;

/** Of the metadata all else is the object's name or the server's. */
const ownedMetadata = ['labels', 'annotations', 'finalizers', 'ownerReferences'];

export const shapeOfKind = ({ message }: Kind): Shape => ({ is: 'object', message });

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
