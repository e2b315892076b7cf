import { invalid } from '@own-kube/api';

/** Where a list goes on: after which key, in the snapshot of which revision. */
export interface ContinueToken {
  readonly revision: number;
  readonly after: string;
}

/** The token as clients see it: text that means nothing to them. */
export const formatContinue = (token: ContinueToken): string =>
  Buffer.from(JSON.stringify([token.revision, token.after])).toString('base64url');

/** Reads a token of ours; any other is refused. A token for another kind or namespace is none of ours. */
export function parseContinue(text: string, prefix: string): ContinueToken {
  try {
    const [revision, after] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (Number.isSafeInteger(revision) && typeof after === 'string' && after.startsWith(prefix))
      return { revision: revision as number, after };
  } catch {
    // Not even JSON: refused below like anything else that we have not made.
  }
  throw invalid('The request', [
    { field: 'continue', description: 'Invalid value: not a token of this list. Begin again without it' },
  ]);
}
