import { status, type StatusObject } from '@grpc/grpc-js';
import { ApiError } from '@own-kube/api';
import { fromStatus } from './status';

/** The call that failed, as its error should name it. */
export interface Failed {
  /** "/ownkube.core.v1.Pods/Create" */
  readonly path: string;
  /** "the api-server at 127.0.0.1:6443" */
  readonly peer: string;
  readonly timeoutMs?: number | undefined;
  /** Set if the caller's own signal ended the call. */
  readonly signal?: AbortSignal | undefined;
  /** Set if what the caller was sending failed, which ends the call too. */
  requests?: { readonly error: unknown };
}

/** What a client throws: the server's error as it was thrown there, or a sentence on why there was no answer. */
export function toClientError(error: unknown, failed: Failed): ApiError {
  if (failed.signal?.aborted) {
    return new ApiError('Cancelled', `${failed.path} was cancelled`, { cause: failed.signal.reason });
  }
  if (failed.requests) {
    const cause = failed.requests.error;
    if (cause instanceof ApiError) return cause;
    return new ApiError('Cancelled', `${failed.path} was cancelled: what was to be sent failed`, { cause });
  }
  if (!isStatus(error)) {
    return new ApiError('Internal', `${failed.path} failed on this side`, { cause: error });
  }
  if (error.code === status.UNAVAILABLE) {
    return new ApiError('Unavailable', unavailable(error.details, failed.peer), { cause: error });
  }
  if (error.code === status.DEADLINE_EXCEEDED) {
    return new ApiError('DeadlineExceeded', late(failed), { cause: error });
  }
  return fromStatus(error);
}

const isStatus = (error: unknown): error is StatusObject =>
  error instanceof Error && 'code' in error && typeof error.code === 'number' && 'details' in error;

const late = ({ path, peer, timeoutMs }: Failed): string =>
  `${peer} did not answer ${path}${timeoutMs === undefined ? ' in time' : ` within ${timeoutMs / 1000} s`}`;

/** What the system says of a connection that cannot be made, and what to look at. The first that matches counts. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'does not answer: connection refused; is it running there?'],
  [/ENOENT/, 'does not answer: there is no such socket; is it running?'],
  [/EACCES|EPERM/, 'cannot be reached: permission denied; are you root?'],
  [
    /ENOTFOUND|EAI_AGAIN|Name resolution failed/,
    'cannot be found: the name does not resolve; is it spelled right?',
  ],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'cannot be reached: no way there; is the address right?'],
  [
    /altnames|Hostname\/IP/,
    'has a certificate that is not for this address: use an address that is in it, or have it made anew',
  ],
  [
    /self-signed|unable to (verify|get)|certificate signature failure/i,
    'has a certificate that another CA signed: is this the CA of that cluster?',
  ],
  [
    /certificate has expired|CERT_HAS_EXPIRED|not yet valid/i,
    'has a certificate that is not valid today: renew it, or set the clock',
  ],
  [
    /alert (certificate|bad certificate|unknown ca|access denied)|certificate required|unknown ca/i,
    'does not accept our certificate: was it made by the CA of that cluster?',
  ],
  [
    /wrong version number|packet length too long|EPROTO|ssl3|tls_/i,
    'does not speak TLS 1.3: is this the right port?',
  ],
  [
    /Failed to connect \(/,
    'closes each connection as soon as it is made: it lets in only who has a certificate of its CA; is ours one?',
  ],
  [/ECONNRESET|EPIPE/, 'has dropped the connection; call again'],
];

/** What grpc-js itself says where there is no connection, or not any more; all else is the server's own words. */
const notConnected = /^(No connection established|Name resolution failed)/;
const dropped = /^(Connection dropped|Stream refused|(read|write) E[A-Z]+)/;

function unavailable(details: string, peer: string): string {
  if (dropped.test(details)) return `${peer} has dropped the connection; call again`;
  if (!notConnected.test(details)) return `${peer} is unavailable: ${details}`;
  const known = causes.find(([pattern]) => pattern.test(details));
  if (known) return `${peer} ${known[1]}`;
  const why = details.replace(/^No connection established\. Last error: (Error: )?/, '');
  return `${peer} is unavailable: ${why.replace(/\. Resolution note: .*$/s, '')}`;
}
