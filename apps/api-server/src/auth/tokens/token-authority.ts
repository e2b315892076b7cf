/** Issues the tokens of ServiceAccounts, and says whose a token is. */
import { type Kind, podKind, serviceAccountKind } from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';
import { objectKey } from '../../registry/keys';
import { serviceAccountGroups, serviceAccountUser } from '../rbac/subjects';
import { parseClaims, type TokenClaims, type TokenOwner } from './claims';
import { refused, type SigningKey, signJwt, verifyJwt } from './jwt';

/** Who issues and, where a request names nobody else, who accepts. */
export const issuer = 'https://kubernetes.default.svc';

export interface TokenAuthorityDeps {
  /** The first signs, all verify. */
  readonly keys: readonly SigningKey[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The uid of the object that is under a key now; fails as Unavailable where that is not known yet. */
  readonly uidOf: (key: string) => string | undefined;
  readonly newId: () => string;
}

/** What a token is to be good for. */
export interface TokenWish {
  readonly owner: TokenOwner;
  readonly audiences: readonly string[];
  readonly seconds: number;
}

/** How many verified tokens are remembered: verifying one takes as long as a small call. */
const remembered = 1_000;
/** How much a clock of another api-server may be ahead. */
const leewaySeconds = 5;

interface Known {
  readonly claims: TokenClaims;
  readonly identity: Identity;
}

/** See the head of this file. */
export class TokenAuthority {
  private readonly known = new Map<string, Known>();

  constructor(private readonly deps: TokenAuthorityDeps) {}

  /** A new token, and when it expires, in milliseconds since 1970. */
  issue({ owner, audiences, seconds }: TokenWish): { token: string; expires: number } {
    const { keys, now, newId } = this.deps;
    const iat = Math.floor(now() / 1000);
    const claims: TokenClaims = {
      iss: issuer,
      aud: audiences.length > 0 ? [...audiences] : [issuer],
      sub: serviceAccountUser(owner.namespace, owner.serviceaccount.name),
      ...{ iat, nbf: iat, exp: iat + seconds, jti: newId() },
      'kubernetes.io': owner,
    };
    return { token: signJwt(keys[0]!, claims), expires: claims.exp * 1000 };
  }

  /** Whose a token is. Fails as Unauthenticated where it is not good, or not any more. */
  identify(token: string): Identity {
    const { claims, identity } = this.known.get(token) ?? this.verify(token);
    this.checkTime(claims);
    const { namespace, serviceaccount, pod } = claims['kubernetes.io'];
    this.checkThere(serviceAccountKind, namespace, serviceaccount);
    if (pod) this.checkThere(podKind, namespace, pod);
    return identity;
  }

  private verify(token: string): Known {
    const claims = parseClaims(verifyJwt(this.deps.keys, token));
    const { namespace, serviceaccount } = claims['kubernetes.io'];
    const user = serviceAccountUser(namespace, serviceaccount.name);
    if (claims.iss !== issuer || claims.sub !== user) throw refused('it does not say whose it is');
    if (!claims.aud.includes(issuer))
      throw refused(`it is for ${claims.aud.join(', ') || 'nobody'}, and not for the api-server`);
    const verified = { claims, identity: { user, groups: serviceAccountGroups(namespace) } };
    if (this.known.size >= remembered) this.known.delete(this.known.keys().next().value!);
    this.known.set(token, verified);
    return verified;
  }

  private checkTime({ nbf, exp }: TokenClaims): void {
    const seconds = this.deps.now() / 1000;
    if (seconds >= exp) throw refused(`it expired at ${new Date(exp * 1000).toISOString()}`);
    if (seconds < nbf - leewaySeconds)
      throw refused(`it is not good before ${new Date(nbf * 1000).toISOString()}`);
  }

  private checkThere(kind: Kind, namespace: string, { name, uid }: { name: string; uid: string }): void {
    const there = this.deps.uidOf(objectKey(kind, namespace, name));
    if (there === uid) return;
    const what = `${kind.kind} "${name}" in namespace "${namespace}"`;
    throw refused(there ? `its ${what} was deleted and made anew` : `its ${what} does not exist any more`);
  }
}
