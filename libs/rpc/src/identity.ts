import type { Metadata } from '@grpc/grpc-js';
import type { PeerCertificate } from 'node:tls';
import type { IdentifyToken, Identity } from './types';

/**
 * Who a certificate says its owner is, or undefined where its subject does not say it beyond doubt: exactly one common
 * name, and no control characters in it or in an organization. Node gives the subject attribute by attribute, so that a
 * value that looks like another attribute ("x/O=system:masters") stays a value.
 */
export function parseIdentity(subject: PeerCertificate['subject'] | undefined): Identity | undefined {
  // Node gives a list where an attribute is repeated, which its types do not tell.
  const { CN: names, O: groups } = (subject ?? {}) as { CN?: string | string[]; O?: string | string[] };
  const [user, ...others] = listOf(names);
  const organizations = listOf(groups);
  if (user === undefined || others.length > 0) return undefined;
  return [user, ...organizations].every(isPlain) ? { user, groups: organizations } : undefined;
}

const listOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const isPlain = (text: string): boolean => text.length > 0 && !/[\p{Cc}\p{Cf}\p{Cs}\uFFFD]/u.test(text);

/** What of a grpc-js call leads to the caller's certificate. */
export interface PeerCall {
  getAuthContext(): { sslPeerCertificate?: PeerCertificate };
}

/**
 * Finds the identity of a call, once for each connection: reading a certificate takes as long as a small call. grpc-js
 * does not hand out the connection; where its inside is not as in this version, every call reads the certificate.
 */
export function createIdentities(): (call: PeerCall) => Identity | undefined {
  const known = new WeakMap<object, Identity>();
  return (call) => {
    const session = (call as { call?: { stream?: { session?: object } } }).call?.stream?.session;
    const before = session && known.get(session);
    if (before) return before;
    const identity = parseIdentity(call.getAuthContext().sslPeerCertificate?.subject);
    if (session && identity) known.set(session, identity);
    return identity;
  };
}

/** The identity by the call's bearer token; undefined where it has none. Throws what `identify` throws. */
export function identifyBearer(
  { metadata }: { readonly metadata: Pick<Metadata, 'get'> },
  identify: IdentifyToken,
): Identity | undefined {
  const [value] = metadata.get('authorization');
  const [, token] = /^bearer +(\S+) *$/i.exec(value?.toString() ?? '') ?? [];
  return token === undefined ? undefined : identify(token);
}
