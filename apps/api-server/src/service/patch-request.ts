import { type ApiObject, invalid, type Kind, type PatchRequest, PatchType } from '@own-kube/api';
import type { ServiceDefinition } from '@own-kube/rpc';
import { compileApply } from '../patch/compile-apply';
import { compilePatch } from '../patch/compile-patch';
import type { Stored } from '../registry/guaranteed-update';
import { objectRef } from '../registry/object-ref';
import type { Half } from '../registry/plan-update';
import type { Check, Store } from '../registry/store';

/** Looks at what a patch changes, or makes. */
export interface PatchChecks {
  readonly change: Check<ApiObject>;
  readonly create: Check<ApiObject>;
}

/** Does a patch to a store. */
export type PatchWrite = (store: Store<ApiObject>, checks: PatchChecks) => Promise<Stored<ApiObject>>;

/** Reads a request to patch; what can be wrong with it by itself is found here. */
export function compilePatchRequest(kind: Kind, request: PatchRequest): PatchWrite {
  const ref = objectRef(kind, request);
  const half = halfOf(kind, request);
  if (request.type !== PatchType.PATCH_TYPE_APPLY) {
    if (request.force)
      throw invalid('The request', [{ field: 'force', description: 'is only for PATCH_TYPE_APPLY' }]);
    const patch = compilePatch(kind, request);
    return (store, { change }) => store.patch(ref, { half, patch }, change);
  }
  if (!request.fieldManager)
    throw invalid('The request', [
      {
        field: 'fieldManager',
        description: 'is required for PATCH_TYPE_APPLY: it says who owns what is applied',
      },
    ]);
  const application = compileApply(kind, ref, { patch: request.patch, force: request.force ?? false });
  return (store, checks) => store.apply(ref, { half, application }, checks);
}

function halfOf({ kind, service }: Kind, { subresource }: PatchRequest): Half {
  if (!subresource) return 'spec';
  const hasStatus = 'updateStatus' in (service as ServiceDefinition).methods;
  if (subresource === 'status' && hasStatus) return 'status';
  throw invalid('The request', [
    {
      field: 'subresource',
      description: hasStatus
        ? `must be empty or "status", got "${subresource}"`
        : `must be empty: a ${kind} has none`,
    },
  ]);
}
