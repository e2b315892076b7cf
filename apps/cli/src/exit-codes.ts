import { ApiError, type ErrorCode } from '@own-kube/api';

/** What okube's exit codes say. They are listed in --help. */
export const exitCodes = {
  success: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  invalid: 4,
  unreachable: 5,
  conflict: 6,
  notAllowed: 7,
  timedOut: 8,
  interrupted: 130,
} as const;

/** For --help. */
export const exitCodesHelp = `
Exit codes:
  0    done
  1    failed in another way
  2    wrong flags, arguments or configuration
  3    not found
  4    invalid: a manifest, a selector, a request
  5    the api-server cannot be reached, or did not answer in time
  6    exists already, or was changed by someone else meanwhile
  7    not allowed
  8    --timeout is over
  130  interrupted (Ctrl-C)`;

/** Flags, arguments or configuration that okube cannot work with. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something did not come about in the time that --timeout gives. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

const byErrorCode: Readonly<Partial<Record<ErrorCode, number>>> = {
  NotFound: exitCodes.notFound,
  Invalid: exitCodes.invalid,
  Unavailable: exitCodes.unreachable,
  DeadlineExceeded: exitCodes.unreachable,
  AlreadyExists: exitCodes.conflict,
  Conflict: exitCodes.conflict,
  FailedPrecondition: exitCodes.conflict,
  Unauthenticated: exitCodes.notAllowed,
  PermissionDenied: exitCodes.notAllowed,
  Cancelled: exitCodes.interrupted,
};

/** The exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof TimedOut) return exitCodes.timedOut;
  if (error instanceof ApiError) return byErrorCode[error.code] ?? exitCodes.failure;
  return exitCodes.failure;
}
