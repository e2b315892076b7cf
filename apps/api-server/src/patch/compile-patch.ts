import {
  ApiError,
  type ApiObject,
  decodeManifest,
  describeValue,
  encodeManifest,
  invalid,
  isObject,
  type Kind,
  mergePatch,
  type ObjectMeta,
  type PatchRequest,
  PatchType,
  type Violation,
} from '@own-kube/api';
import { metadataOf } from '../registry/spec-status';
import { applyJsonPatch } from './json-patch';
import { parsePatch } from './parse-patch';
import { strategicMerge } from './strategic/strategic-merge';

/** Makes the object that a patch asks for of the one there is. */
export type Patch<T> = (current: T) => T;

/** A patch of any type but apply; it can be done to one version of the object after the other. */
export function compilePatch<T extends ApiObject>(kind: Kind<T>, request: PatchRequest): Patch<T> {
  const patch = parsePatch(request.patch);
  const change = changeOf(kind, request.type, patch);
  return (current) =>
    decodePatched(kind, change(encodeManifest(kind as unknown as Kind, current)), metadataOf(current));
}

function changeOf<T extends ApiObject>(
  kind: Kind<T>,
  type: PatchType,
  patch: unknown,
): (json: Record<string, unknown>) => unknown {
  switch (type) {
    case PatchType.PATCH_TYPE_JSON:
      return (json) => applyJsonPatch(json, patch);
    case PatchType.PATCH_TYPE_MERGE:
      checkMergePatch(kind, patch);
      return (json) => mergePatch(json, patch);
    case PatchType.PATCH_TYPE_STRATEGIC:
      return (json) => strategicMerge(kind.message, json, patch);
    default:
      throw invalid('The request', [
        {
          field: 'type',
          description: 'must be PATCH_TYPE_JSON, PATCH_TYPE_MERGE, PATCH_TYPE_STRATEGIC or PATCH_TYPE_APPLY',
        },
      ]);
  }
}

/** Everything in a merge patch is a field with its value, or null. */
function checkMergePatch<T extends ApiObject>({ kind, apiVersion }: Kind<T>, patch: unknown): void {
  if (!isObject(patch))
    throw new ApiError('Invalid', `A merge patch must be an object, got ${describeValue(patch)}.`);
  if ((patch['kind'] ?? kind) !== kind) throw otherKind(kind, patch['kind']);
  decodeManifest({ ...patch, kind, apiVersion: patch['apiVersion'] ?? apiVersion });
}

/** What a patch has made, read strictly. It is still the same object. */
export function decodePatched<T extends ApiObject>(kind: Kind<T>, json: unknown, current: ObjectMeta): T {
  if (!isObject(json) || json['kind'] !== kind.kind)
    throw otherKind(kind.kind, isObject(json) ? json['kind'] : json);
  const object = decodeManifest(json).object as T;
  const { name, namespace } = metadataOf(object);
  const violations = [
    ...checkSame('metadata.name', name, current.name),
    ...checkSame('metadata.namespace', namespace, current.namespace),
  ];
  if (violations.length > 0) throw invalid(`${kind.kind} "${current.name ?? ''}"`, violations);
  return object;
}

const checkSame = (field: string, value: string | undefined, was: string | undefined): Violation[] =>
  value === was ? [] : [{ field, description: `cannot be changed by a patch, and is ${describeValue(was)}` }];

const otherKind = (kind: string, got: unknown): ApiError =>
  invalid('The patch', [{ field: 'kind', description: `must be ${kind}, got ${describeValue(got)}` }]);
