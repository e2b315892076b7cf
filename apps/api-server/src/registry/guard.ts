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

/** What it takes for an object to hold exactly its claims: the guards, and the writes that go with the object's. */
export function planClaims<T extends ApiObject>(
  strategy: Strategy<T>,
  key: string,
  { current, next }: { current?: T | undefined; next?: T | undefined },
): { guards: Guard[]; writes: Write[] } {
  const keyed = (object: T | undefined) =>
    new Map(
      (object ? strategy.claims(object) : []).map((claim) => [claimKey(claim.what, claim.value), claim]),
    );
  const [before, after] = [keyed(current), keyed(next)];
  const added = [...after].filter(([claim]) => !before.has(claim));
  const removed = [...before.keys()].filter((claim) => !after.has(claim));
  return {
    guards: added.map(([claim, what]) => claimGuard(claim, what)),
    writes: [
      ...added.map(([put]): Write => ({ put, value: new Uint8Array(Buffer.from(key)) })),
      ...removed.map((claim): Write => ({ delete: claim })),
    ],
  };
}

const claimGuard = (key: string, { field, value }: Claim): Guard => ({
  condition: { key, revision: 0 },
  refuse: ({ entries }) =>
    new ApiError(
      'AlreadyExists',
      `${field}: ${value} is taken by ${describeKey(text(entries[0]!.value))}. Choose another.`,
    ),
});

/** Nothing may be left under a prefix. */
export const emptyGuard = (what: string, emptyPrefix: string): Guard => ({
  condition: { emptyPrefix },
  refuse: ({ entries, count }) => {
    const named = entries.map(({ key }) => describeKey(key)).join(', ');
    const more = count > entries.length ? ` and ${count - entries.length} more` : '';
    return new ApiError('FailedPrecondition', `${what} is not empty: delete ${named}${more} first.`);
  },
});
