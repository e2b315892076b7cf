import { ApiError } from '@own-kube/api';
import {
  GRPCCancelledError,
  GRPCDeadlineExceededError,
  GRPCInvalidArgumentError,
  GRPCOutOfRangeError,
  GRPCResourceExhastedError,
  GRPCUnavailableError,
} from 'etcd3';
import { CompactedError } from '../storage';

/** What a call to etcd failed with, as an error of ours. The only place that knows etcd's own words. */
export function fromEtcdError(error: unknown, doing: string, endpoints: readonly string[]): ApiError {
  if (error instanceof ApiError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const at = endpoints.join(', ');
  if (error instanceof GRPCOutOfRangeError && text.includes('compacted'))
    return new CompactedError('This version is too old: its history was compacted. List again.');
  if (error instanceof GRPCOutOfRangeError && text.includes('future revision'))
    return new ApiError('Expired', 'This version is newer than the store, which was put back. List again.');
  if (error instanceof GRPCInvalidArgumentError && text.includes('too large'))
    return new ApiError('ResourceExhausted', 'The object is too large: etcd takes at most 1.5 MB.');
  if (error instanceof GRPCResourceExhastedError && text.includes('space exceeded'))
    return new ApiError('ResourceExhausted', `etcd at ${at} is full: compact and defragment it.`, {
      cause: error,
    });
  const slow = error instanceof GRPCDeadlineExceededError || error instanceof GRPCCancelledError;
  if (slow || error instanceof GRPCUnavailableError || isUnsteady(text))
    return new ApiError(
      'Unavailable',
      `etcd at ${at} does not answer (${doing}): ${plainReason(text)}. Check that it runs; a write may have happened or not.`,
      { cause: error },
    );
  return new ApiError('Internal', `etcd at ${at} refused to ${doing}: ${text}`, { cause: error });
}

/** Whether etcd does not know a lease, or no longer: it has ended, or etcd was put back. Nothing was written. */
export const isLeaseGone = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('requested lease not found');

/** The usual reasons in words: clients take grpc's own for what is between them and us. */
function plainReason(text: string): string {
  if (text.includes('ECONNREFUSED')) return 'connection refused';
  if (/dropped|ECONNRESET|EPIPE/.test(text)) return 'the connection broke';
  if (/ENOTFOUND|EAI_AGAIN|resolution/i.test(text)) return 'the name does not resolve';
  if (/deadline/i.test(text)) return 'no answer in time';
  return text;
}

/** etcd is up, but can't serve at this moment; it says so with codes that mean other things elsewhere. */
const isUnsteady = (text: string): boolean =>
  /no leader|leader changed|timed out|too many requests|not ready|stopped|connection|ECONN|watch stream/i.test(
    text,
  );
