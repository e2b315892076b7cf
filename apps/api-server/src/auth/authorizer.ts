import { ApiError } from '@own-kube/api';
import type { CallContext, Identity } from '@own-kube/rpc';
import { type Attempt, authorize } from './authorize';

/** The caller; a call without a certificate of the cluster is nobody's. */
export function identityOf(ctx: CallContext): Identity {
  if (!ctx.identity)
    throw new ApiError(
      'Unauthenticated',
      'Show a certificate of the cluster whose common name says who you are.',
    );
  return ctx.identity;
}

/** Fails unless the caller may do it. */
export function mustMay(ctx: CallContext, attempt: Attempt): void {
  const refusal = authorize(identityOf(ctx), attempt);
  if (refusal) throw new ApiError('PermissionDenied', refusal);
}
