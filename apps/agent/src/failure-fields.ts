import { ApiError } from '@own-kube/api';

/** What a log line says of a failure: an ApiError is a sentence that says it all; anything else comes with its stack. */
export const failureFields = (error: unknown): { reason: string } | { error: unknown } =>
  error instanceof ApiError ? { reason: error.message } : { error };
