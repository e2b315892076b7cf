/**
 * Signed JSON Web Tokens (RFC 7519) of the one algorithm that we issue: ES256. By node:crypto, and not by the library
 * jose, because a call's identity is asked for synchronously and jose only promises; one algorithm leaves nothing to
 * negotiate, which is where such code goes wrong.
 */
import { ApiError } from '@own-kube/api';
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** A key that signs tokens, and the name by which they remember it. */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** No token of ours is longer; longer ones are not looked at. */
const longest = 16_384;
const curve = 'prime256v1';

/** A key from a PEM file. Throws with a sentence where it is none for ES256. */
export function toSigningKey(pem: string | Buffer): SigningKey {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ec' || privateKey.asymmetricKeyDetails?.namedCurve !== curve)
    throw new Error('it must be an ECDSA key of the curve P-256');
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { id: createHash('sha256').update(der).digest('base64url'), privateKey, publicKey };
}

const encodePart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs claims. */
export function signJwt({ id, privateKey }: SigningKey, claims: object): string {
  const signed = `${encodePart({ alg: 'ES256', kid: id, typ: 'JWT' })}.${encodePart(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** The claims of a token that one of the keys has signed, not yet understood. Fails as Unauthenticated. */
export function verifyJwt(keys: readonly SigningKey[], token: string): unknown {
  const parts = token.length > longest ? [] : token.split('.');
  if (parts.length !== 3) throw refused('it is no signed JSON Web Token');
  const [head, claims, signature] = parts as [string, string, string];
  const { alg, kid } = decodePart(head) as { alg?: unknown; kid?: unknown };
  if (alg !== 'ES256') throw refused('it is not signed by ES256');
  const key = keys.find(({ id }) => id === kid);
  if (!key) throw refused('it is signed by a key that is not ours');
  const bytes = Buffer.from(signature, 'base64url');
  const genuine = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: key.publicKey, dsaEncoding: 'ieee-p1363' },
    bytes,
  );
  if (!genuine) throw refused('its signature is wrong');
  return decodePart(claims);
}

function decodePart(part: string): object {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw refused('it is no signed JSON Web Token');
}

/** Why a token is nobody's. */
export const refused = (why: string): ApiError =>
  new ApiError('Unauthenticated', `The token is not accepted: ${why}. Get a new one.`);
