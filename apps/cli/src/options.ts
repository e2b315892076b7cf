import { InvalidArgumentError } from 'commander';

/** Reads a whole number of seconds, for commander. */
export function notNegative(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of seconds, as 30.');
  return Number(text);
}
