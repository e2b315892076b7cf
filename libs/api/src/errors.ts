/** The closed set of ways in which a call can fail. Each is one gRPC status code; libs/rpc maps between the two. */
export type ErrorCode =
  | 'NotFound'
  | 'AlreadyExists'
  /** The object is not as the caller said it would be: a stale resourceVersion, another uid. (gRPC ABORTED) */
  | 'Conflict'
  /** The request is wrong; `violations` says where. (INVALID_ARGUMENT) */
  | 'Invalid'
  /** A resourceVersion or continue token is too old: list again. (OUT_OF_RANGE) */
  | 'Expired'
  | 'FailedPrecondition'
  | 'Unauthenticated'
  | 'PermissionDenied'
  | 'ResourceExhausted'
  | 'Unimplemented'
  | 'Unavailable'
  | 'DeadlineExceeded'
  | 'Cancelled'
  | 'Internal';

/** One thing that is wrong with a request: where, and what is allowed there. */
export interface Violation {
  /** The path, as "spec.containers[0].name". */
  readonly field: string;
  readonly description: string;
}

/** An error that a person or a caller can act on. Its message is a sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: { violations?: readonly Violation[]; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
  }

  get violations(): readonly Violation[] {
    return this.details.violations ?? [];
  }
}

/** An Invalid error whose message lists every violation: "Pod \"a\" is invalid: spec.x: ...; spec.y: ...". */
export function invalid(what: string, violations: readonly Violation[]): ApiError {
  const list = violations.map(({ field, description }) => (field ? `${field}: ${description}` : description));
  return new ApiError('Invalid', `${what} is invalid: ${list.join('; ')}`, { violations });
}

/** Whether an error is an ApiError of one of these codes. */
export const isCode = (error: unknown, ...codes: ErrorCode[]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code);

export const isNotFound = (error: unknown): error is ApiError => isCode(error, 'NotFound');
export const isAlreadyExists = (error: unknown): error is ApiError => isCode(error, 'AlreadyExists');
export const isConflict = (error: unknown): error is ApiError => isCode(error, 'Conflict');
export const isExpired = (error: unknown): error is ApiError => isCode(error, 'Expired');
export const isUnavailable = (error: unknown): error is ApiError => isCode(error, 'Unavailable');
