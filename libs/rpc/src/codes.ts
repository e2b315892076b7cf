import { status } from '@grpc/grpc-js';
import type { ErrorCode } from '@own-kube/api';

/** Which gRPC status an error is. One to one, so that an error arrives as the one that was thrown. */
const statusOf: Readonly<Record<ErrorCode, status>> = {
  NotFound: status.NOT_FOUND,
  AlreadyExists: status.ALREADY_EXISTS,
  Conflict: status.ABORTED,
  Invalid: status.INVALID_ARGUMENT,
  Expired: status.OUT_OF_RANGE,
  FailedPrecondition: status.FAILED_PRECONDITION,
  Unauthenticated: status.UNAUTHENTICATED,
  PermissionDenied: status.PERMISSION_DENIED,
  ResourceExhausted: status.RESOURCE_EXHAUSTED,
  Unimplemented: status.UNIMPLEMENTED,
  Unavailable: status.UNAVAILABLE,
  DeadlineExceeded: status.DEADLINE_EXCEEDED,
  Cancelled: status.CANCELLED,
  Internal: status.INTERNAL,
};

const codeOf = new Map(Object.entries(statusOf).map(([code, number]) => [number, code as ErrorCode]));

/** The gRPC status of an error code. */
export const toStatusCode = (code: ErrorCode): status => statusOf[code];

/** The error code of a gRPC status; those that we never send (UNKNOWN, DATA_LOSS) count as Internal. */
export const fromStatusCode = (code: number): ErrorCode => codeOf.get(code) ?? 'Internal';
