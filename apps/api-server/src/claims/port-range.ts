import type { ClaimRange } from './claim-range';

/** The ports from one to another, as "30000-32767"; undefined if the text is no such range. */
export function portRange(text: string, setting: string): ClaimRange | undefined {
  const [, from, to] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from === undefined || first < 1 || last > 65535 || first > last) return undefined;
  return {
    name: `${setting} ${text}`,
    size: last - first + 1,
    at: (index) => String(first + index),
    has: (value) => /^\d+$/.test(value) && Number(value) >= first && Number(value) <= last,
  };
}
