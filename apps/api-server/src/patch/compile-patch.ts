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
  type PatchRequest,
  PatchType,
  type Violation,
} from '@own-kube/api';
import { metadataOf } from '../registry/spec-status';
import { checkNames } from './field-of';
import { applyJsonPatch } from './json-patch';
import { keepUnchanged, type Seen } from './keep-unchanged';
import { parsePatch } from './parse-patch';
import { strategicMerge } from './strategic/strategic-merge';

/** Makes the object that a patch asks for of the one there is. */
export type Patch<T> = (current: T) => T;

/** A patch of any type but apply; it can be done to one version of the object after the other. */
export function compilePatch<T extends ApiObject>(kind: Kind<T>, request: PatchRequest): Patch<T> {
  const patch = parsePatch(request.patch);
  const change = changeOf(kind, request.type, patch);
  return (current) => {
    const json = encodeManifest(kind, current);
    return decodePatched(kind, change(json), { value: current, json });
  };
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
    case PatchType.PATCH_TYPE_APPLY:
    case PatchType.PATCH_TYPE_UNSPECIFIED:
    case PatchType.UNRECOGNIZED:
    default:
      throw invalid('The request', [
        {
          field: 'type',
          description: 'must be PATCH_TYPE_JSON, PATCH_TYPE_MERGE, PATCH_TYPE_STRATEGIC or PATCH_TYPE_APPLY',
        },
      ]);
  }
}

/** Everything in a merge patch is a field; what their values may be is seen when it is done. */
function checkMergePatch<T extends ApiObject>({ kind, message }: Kind<T>, patch: unknown): void {
  if (!isObject(patch))
    throw new ApiError('Invalid', `A merge patch must be an object, got ${describeValue(patch)}.`);
  const violations: Violation[] = [];
  checkNames(message, patch, { path: '', violations });
  if (violations.length > 0) throw invalid(`The patch of a ${kind}`, violations);
}

/** What a patch has made of an object, read strictly. It is still the same object. */
export function decodePatched<T extends ApiObject>(
  kind: Kind<T>,
  json: unknown,
  was: Seen & { value: T },
): T {
  if (!isObject(json) || json['kind'] !== kind.kind)
    throw otherKind(kind.kind, isObject(json) ? json['kind'] : json);
  const object = decodeManifest(json).object as T;
  const { name, namespace } = metadataOf(object);
  const current = metadataOf(was.value);
  const violations = [
    ...checkSame('metadata.name', name, current.name),
    ...checkSame('metadata.namespace', namespace, current.namespace),
  ];
  if (violations.length > 0) throw invalid(`${kind.kind} "${current.name ?? ''}"`, violations);
  return keepUnchanged({ type: kind.message }, was, { value: object, json }) as T;
}

const checkSame = (field: string, value: string | undefined, was: string | undefined): Violation[] =>
  value === was ? [] : [{ field, description: `cannot be changed by a patch, and is ${describeValue(was)}` }];

const otherKind = (kind: string, got: unknown): ApiError =>
  invalid('The patch', [{ field: 'kind', description: `must be ${kind}, got ${describeValue(got)}` }]);
