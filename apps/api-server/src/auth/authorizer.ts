import { ApiError } from '@own-kube/api';
import type { CallContext, Identity } from '@own-kube/rpc';
import type { Attempt } from './attempt';
import { authorize, type AuthorizeDeps } from './authorize';

/** The caller; a call without a certificate of the cluster or a token is nobody's. */
export function identityOf(ctx: CallContext): Identity {
  if (!ctx.identity)
    throw new ApiError(
      'Unauthenticated',
      'Say who you are: show a certificate of the cluster whose common name is your name, or send the token of a ' +
        'ServiceAccount as "authorization: Bearer <token>".',
    );
  return ctx.identity;
}

/** Fails unless the caller may do it. */
export type MustMay = (ctx: CallContext, attempt: Attempt) => void;

export interface AuthorizerDeps extends AuthorizeDeps {
  /** Whether the roles have been read, so that it is known who may not. */
  readonly ready: () => boolean;
}

/** See authorize.ts. */
export const createAuthorizer =
  ({ ready, ...deps }: AuthorizerDeps): MustMay =>
  (ctx, attempt) => {
    const refusal = authorize(deps, identityOf(ctx), attempt);
    if (!refusal) return;
    if (!ready())
      throw new ApiError(
        'Unavailable',
        'The api-server is starting and has not read the roles yet; call again.',
      );
    throw new ApiError('PermissionDenied', refusal);
  };
