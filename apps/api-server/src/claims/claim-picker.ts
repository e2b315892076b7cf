import { ApiError, type Violation } from '@own-kube/api';
import { claimKey } from '../registry/keys';
import type { Claim } from '../registry/strategy';
import { listAll, type Storage } from '../storage/storage';
import { type ClaimRanges, pickFree } from './claim-range';

export interface ClaimPickerDeps {
  readonly storage: Pick<Storage, 'list'>;
  readonly ranges: ClaimRanges;
  /** A whole number from 0 to less than `below`. */
  readonly random: (below: number) => number;
}

/** Which value, for what, and with what in mind. */
export interface Wanted {
  readonly what: string;
  /** Where the object has it. */
  readonly field: string;
  /** What the object has already. */
  readonly besides: ReadonlySet<string>;
  /** Whether to look at what is taken; else it is a guess, which the transaction checks. */
  readonly look: boolean;
}

/** Picks what clients leave open, and says what they may name. */
export interface ClaimPicker {
  pick(wanted: Wanted): Promise<string>;
  /** What is wrong with claims that clients name. */
  check(claims: readonly Claim[]): Violation[];
}

/** See ClaimPicker. It keeps nothing: what is taken is in the store alone. */
export const createClaimPicker = ({ storage, ranges, random }: ClaimPickerDeps): ClaimPicker => ({
  pick: async ({ what, field, besides, look }) => {
    const range = ranges[what];
    if (!range) throw new ApiError('Internal', `${field}: there is no range of ${what} to pick from.`);
    const prefix = claimKey(what, '');
    const { entries } = look ? await listAll(storage, prefix) : { entries: [] };
    const taken = new Set([...besides, ...entries.map(({ key }) => key.slice(prefix.length))]);
    const value = pickFree(range, random(range.size), taken);
    if (value === undefined)
      throw new ApiError(
        'ResourceExhausted',
        `${field}: nothing is free in ${range.name}. Delete what is not needed, or start the api-server with a larger range.`,
      );
    return value;
  },
  check: (claims) =>
    claims.flatMap(({ what, value, field }) => {
      const range = ranges[what];
      return range && !range.has(value)
        ? [{ field, description: `"${value}" must be in the range of ${range.name}` }]
        : [];
    }),
});
