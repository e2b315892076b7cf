import {
  ApiError,
  invalid,
  type Kind,
  podKind,
  type ServiceAccount,
  serviceAccountKind,
  type TokenRequest,
  toTime,
} from '@own-kube/api';
import type { CallContext } from '@own-kube/rpc';
import { notFound, objectRef, type ObjectRef } from '../../registry/object-ref';
import { metadataOf } from '../../registry/spec-status';
import type { Audit } from '../../service/audit';
import type { OwnMethods } from '../../service/kind-service';
import type { Entry, Storage } from '../../storage/storage';
import type { MustMay } from '../authorizer';
import { checkTokenRequest, planToken } from './plan-token';
import type { TokenAuthority } from './token-authority';

export interface CreateTokenDeps {
  readonly storage: Pick<Storage, 'get'>;
  /** Undefined where no key is configured. */
  readonly tokens: TokenAuthority | undefined;
  /** Resolves when a token of what was read can be accepted here. */
  readonly seen: (revision: number) => Promise<unknown>;
  readonly audit: Audit;
  readonly mustMay: MustMay;
}

/** ServiceAccounts.CreateToken */
export const createTokenMethod = ({ storage, tokens, seen, audit, mustMay }: CreateTokenDeps): OwnMethods => {
  const read = async <T>(kind: Kind, ref: ObjectRef): Promise<{ object: T; entry: Entry }> => {
    const entry = await storage.get(ref.key);
    if (!entry) throw notFound(ref);
    return { object: kind.type.decode(entry.value) as T, entry };
  };
  const issue = async (request: TokenRequest, ctx: CallContext): Promise<TokenRequest> => {
    const ref = objectRef(serviceAccountKind, metadataOf(request));
    const violations = checkTokenRequest(request);
    if (violations.length > 0) throw invalid(`The token request for ${ref.text}`, violations);
    const { namespace, name } = ref;
    const bound = request.spec?.boundObjectRef;
    const podRef = bound && objectRef(podKind, { namespace, name: bound.name });
    // Who may not is not told what there is: a pod that is missing is refused like another's.
    const podEntry = podRef && (await storage.get(podRef.key));
    const boundPod = podEntry && podKind.type.decode(podEntry.value);
    mustMay(ctx, { verb: 'createToken', kind: serviceAccountKind, namespace, name, boundPod });
    if (podRef && !boundPod) throw notFound(podRef);
    if (!tokens)
      throw new ApiError(
        'FailedPrecondition',
        'The api-server has no key to sign tokens with: start it with --service-account-key.',
      );
    const account = await read<ServiceAccount>(serviceAccountKind, ref);
    const { token, expires } = tokens.issue(planToken(request, account.object, boundPod));
    await seen(Math.max(account.entry.revision, podEntry?.revision ?? 0));
    return { ...request, status: { token, expirationTimestamp: toTime(expires) } };
  };
  return {
    strict: { createToken: 'ownkube.authentication.v1.TokenRequest' },
    handlers: {
      createToken: (request: TokenRequest, ctx: CallContext) => {
        const { namespace = '', name = '' } = metadataOf(request);
        return audit(
          ctx,
          () => ({ verb: 'createToken', kind: serviceAccountKind.kind, namespace, name }),
          () => issue(request, ctx),
        );
      },
    },
  };
};
