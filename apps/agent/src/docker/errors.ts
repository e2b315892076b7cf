import { ApiError, type ErrorCode } from '@own-kube/api';

interface EngineFailure {
  readonly statusCode?: number;
  readonly code?: string;
  readonly message?: string;
  readonly json?: unknown;
}

const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'Invalid',
  403: 'PermissionDenied',
  404: 'NotFound',
  409: 'Conflict',
  503: 'Unavailable',
};

/** What the kernel says of a socket that nobody serves, or that was closed while it was used. */
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'EACCES', 'ENOTSOCK']);

/** The HTTP status of a failure of the engine; undefined when it did not answer at all. */
export const statusOf = (error: unknown): number | undefined => (error as EngineFailure).statusCode;

/** Whether the connection failed rather than the request. */
export const isConnectionFailure = (error: unknown): boolean =>
  unreachable.has((error as EngineFailure).code ?? '') ||
  (error as EngineFailure).message === 'socket hang up';

/** Makes a sentence of a failure of dockerode: what was being done, what the engine said of it. */
export function toApiError(what: string, error: unknown, socketPath: string): ApiError {
  if (error instanceof ApiError) return error;
  if (isConnectionFailure(error)) {
    const text = `Cannot ${what}: Docker does not answer at ${socketPath} (${messageOf(error)}). Is the engine running?`;
    return new ApiError('Unavailable', text, { cause: error });
  }
  const code = codes[statusOf(error) ?? 0] ?? 'Internal';
  return new ApiError(code, `Cannot ${what}: ${engineMessage(error)}`, { cause: error });
}

/** The engine's own words, without what docker-modem puts around them. */
function engineMessage(error: unknown): string {
  const { json } = error as EngineFailure;
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string') {
    return json.message.trim();
  }
  return messageOf(error)
    .replace(/^\(HTTP code \d+\) [a-z ]+ - /, '')
    .trim();
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
