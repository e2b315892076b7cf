/** An error as text: its stack, then that of each cause. */
export function formatError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : JSON.stringify(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  const parts = error instanceof AggregateError ? (error.errors as unknown[]).map(formatError) : [];
  const causes = error.cause === undefined ? parts : [...parts, formatError(error.cause)];
  return [own, ...causes].join('\nCaused by: ');
}
