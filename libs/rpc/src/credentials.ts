/** mTLS on both sides: TLS 1.3, and nobody without a certificate of the cluster's CA. */
import { ChannelCredentials, type ChannelOptions, ServerCredentials } from '@grpc/grpc-js';
import { isIP } from 'node:net';
import { checkServerIdentity, createSecureContext } from 'node:tls';
import type { ClientTls, TlsFiles } from './types';

const minVersion = 'TLSv1.3';

/** grpc-js' own createSsl knows neither a lowest version nor a time limit for the handshake. */
class MutualTls extends ServerCredentials {
  constructor({ ca, cert, key }: TlsFiles, rejectUnauthorized: boolean) {
    super({ requestCert: true, rejectUnauthorized, minVersion, handshakeTimeout: 10_000 }, { ca, cert, key });
  }

  _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}

/**
 * What a server listens with. Where certificates are optional everyone gets in, and a certificate that the CA has not
 * signed counts as none: grpc-js shows a call no certificate that was not verified.
 */
export const serverCredentials = (
  tls: TlsFiles | undefined,
  clients: 'with certificate' | 'all' = 'with certificate',
): ServerCredentials =>
  tls ? new MutualTls(tls, clients === 'with certificate') : ServerCredentials.createInsecure();

/** What a client connects with. */
export function channelCredentials(tls: ClientTls | undefined, host: string): ChannelCredentials {
  if (!tls) return ChannelCredentials.createInsecure();
  const { ca, cert, key } = tls;
  return ChannelCredentials.createFromSecureContext(createSecureContext({ ca, cert, key, minVersion }), {
    // Against the host itself: the name that is given here may be the one that stands in for an address.
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
  });
}

/** TLS has no server name that is an address, and Node warns of one; this one says as little, and is allowed. */
export const serverNameOptions = (host: string): ChannelOptions =>
  isIP(host) ? { 'grpc.ssl_target_name_override': 'localhost' } : {};
