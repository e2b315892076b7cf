import { ApiError } from '@own-kube/api';
import { TimedOut, UsageError } from './exit-codes';

/** An error as a person should see it: sentences, a line each; the stack only of what should not happen. */
export function formatError(error: unknown): string {
  if (!(error instanceof Error)) return `Error: ${String(error)}`;
  const expected =
    error instanceof ApiError || error instanceof UsageError || error instanceof TimedOut || 'code' in error;
  const text = expected ? error.message : (error.stack ?? error.message);
  return text
    .split('\n')
    .map((line) => (expected ? `Error: ${line}` : line))
    .join('\n');
}
