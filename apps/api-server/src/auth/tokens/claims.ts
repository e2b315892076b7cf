import { z } from 'zod';
import { refused } from './jwt';

const named = z.object({ name: z.string().min(1), uid: z.string().min(1) });

/** What a token of a ServiceAccount says, as upstream's. Times are in seconds since 1970. */
const schema = z.object({
  iss: z.string(),
  aud: z.array(z.string()),
  sub: z.string(),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  jti: z.string(),
  'kubernetes.io': z.object({
    namespace: z.string().min(1),
    serviceaccount: named,
    pod: named.optional(),
  }),
});

/** See the schema. */
export type TokenClaims = z.infer<typeof schema>;

/** Whom a token is of, and what it is bound to. */
export type TokenOwner = TokenClaims['kubernetes.io'];

/** The claims of a token that was signed by us. */
export function parseClaims(claims: unknown): TokenClaims {
  const parsed = schema.safeParse(claims);
  if (!parsed.success) throw refused('it does not say whose it is');
  return parsed.data;
}
