/** Conditions of a write beyond the object itself, checked in the transaction that writes it. */
import { ApiError, type ApiObject } from '@own-kube/api';
import type { Condition, Found, Write } from '../storage/storage';
import { claimKey, describeKey } from './keys';
import type { Claim, Strategy } from './strategy';

/** A condition, and what it means when it does not hold. */
export interface Guard {
  readonly condition: Condition;
  /** Given what is there: why the write is refused, or the condition to try again with. */
  readonly refuse: (found: Found) => ApiError | Guard;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** Someone has what an object claims. */
export class ClaimTakenError extends ApiError {
  constructor(
    message: string,
    /** The key of the claim. */
    readonly claim: string,
  ) {
    super('AlreadyExists', message);
  }
}

const keyOf = ({ what, value, path }: Claim): string => claimKey(what, path ?? value);

/** What it takes for an object to hold exactly its claims: the guards, and the writes that go with the object's. */
export function planClaims<T extends ApiObject>(
  strategy: Strategy<T>,
  key: string,
  { current, next }: { current?: T | undefined; next?: T | undefined },
): { added: Claim[]; guards: Guard[]; writes: Write[] } {
  const keyed = (object: T | undefined) =>
    new Map((object ? strategy.claims(object) : []).map((claim) => [keyOf(claim), claim]));
  const [before, after] = [keyed(current), keyed(next)];
  const added = [...after].filter(([claim]) => !before.has(claim));
  const removed = [...before.keys()].filter((claim) => !after.has(claim));
  return {
    added: added.map(([, claim]) => claim),
    guards: added.flatMap(([, claim]) => [takenGuard(claim), ...overlapGuards(claim)]),
    writes: [
      ...added.map(([put]): Write => ({ put, value: new Uint8Array(Buffer.from(key)) })),
      ...removed.map((claim): Write => ({ delete: claim })),
    ],
  };
}

const takenGuard = (claim: Claim): Guard => ({
  condition: { key: keyOf(claim), revision: 0 },
  refuse: ({ entries }) =>
    new ClaimTakenError(
      `${claim.field}: ${claim.value} is taken by ${describeKey(text(entries[0]!.value))}. Choose another.`,
      keyOf(claim),
    ),
});

/** Of a claim that is a place in a tree, all that is above and below it must be free, too. */
function overlapGuards(claim: Claim): Guard[] {
  const steps = claim.path?.split('/') ?? [];
  if (steps.length === 0) return [];
  const above = steps.slice(1).map((_step, index) => steps.slice(0, index + 1).join('/'));
  const refuse = () =>
    new ClaimTakenError(
      `${claim.field}: ${claim.value} overlaps with what another has. Choose another.`,
      keyOf(claim),
    );
  return [
    { condition: { emptyPrefix: `${keyOf(claim)}/` }, refuse },
    ...above.map((path) => ({ condition: { key: claimKey(claim.what, path), revision: 0 }, refuse })),
  ];
}

/** Nothing may be left under a prefix. */
export const emptyGuard = (what: string, emptyPrefix: string): Guard => ({
  condition: { emptyPrefix },
  refuse: ({ entries, count }) => {
    const named = entries.map(({ key }) => describeKey(key)).join(', ');
    const more = count > entries.length ? ` and ${count - entries.length} more` : '';
    return new ApiError('FailedPrecondition', `${what} is not empty: delete ${named}${more} first.`);
  },
});
