import { ApiError } from '@own-kube/api';

/** An error for the log: of one that says by itself what happened the sentence, of any other all there is. */
export const inShort = (error: unknown): unknown =>
  error instanceof ApiError && error.code !== 'Internal' ? error.message : error;
