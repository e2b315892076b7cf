import type { Duration, MicroTime, Time } from './generated/index.ownkube.meta.v1';

/** The years that RFC 3339 can write. */
const earliest = Date.parse('0000-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59Z');

/** The moment `ms` milliseconds after 1970, in whole seconds, as Kubernetes keeps its times. */
export const toTime = (ms: number): Time => ({ seconds: Math.floor(ms / 1000), nanos: 0 });

/** The moment with its milliseconds, for what needs them (leases). */
export const toMicroTime = (ms: number): MicroTime => {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: Math.floor((ms - seconds * 1000) * 1000) * 1000 };
};

/** Milliseconds since 1970; undefined for no time. */
export function fromTime(time: Time | MicroTime): number;
export function fromTime(time: Time | MicroTime | undefined): number | undefined;
export function fromTime(time: Time | MicroTime | undefined): number | undefined {
  return time && (time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1e6);
}

/** "2026-01-02T03:04:05Z" */
export const formatTime = ({ seconds = 0 }: Time): string => `${isoSeconds(seconds)}Z`;

/** "2026-01-02T03:04:05.000006Z" */
export const formatMicroTime = ({ seconds = 0, nanos = 0 }: MicroTime): string =>
  `${isoSeconds(seconds)}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`;

const isoSeconds = (seconds: number): string =>
  new Date(Math.min(Math.max(seconds * 1000, earliest), latest)).toISOString().slice(0, 19);

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Reads an RFC 3339 time to the nanosecond; undefined if it is none. */
export function parseTime(text: string): { seconds: number; nanos: number } | undefined {
  const match = rfc3339.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  // What overflowed, as February 30, is no time.
  if (date.toISOString().slice(0, 19) !== text.slice(0, 19).toUpperCase()) return undefined;
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (offsetHours > 23 || offsetMinutes > 59) return undefined;
  const offset = (match[8] === '-' ? -1 : 1) * (offsetHours * 3600 + offsetMinutes * 60);
  return { seconds: date.getTime() / 1000 - offset, nanos: Number((match[7] ?? '').padEnd(9, '0')) };
}

const nanosOf: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Reads Go's form, as "1m30s" or "-1.5h"; undefined if it is none, or longer than 104 days. */
export function parseDuration(text: string): Duration | undefined {
  if (/^[+-]?0$/.test(text)) return { duration: 0 };
  if (
    !/^[+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18})(ns|us|µs|μs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))*$/.test(
      text,
    )
  )
    return undefined;
  let total = 0n;
  for (const [, whole, fraction = '', unit] of text.matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/g))
    total += (BigInt(`${whole}${fraction}`) * nanosOf[unit!]!) / 10n ** BigInt(fraction.length);
  const nanos = Number(text.startsWith('-') ? -total : total);
  return Number.isSafeInteger(nanos) ? { duration: nanos } : undefined;
}

/** Go's form: "1h0m30s", "1.5ms", "0s". */
export function formatDuration({ duration = 0 }: Duration): string {
  const sign = duration < 0 ? '-' : '';
  const nanos = BigInt(Math.abs(duration));
  if (nanos === 0n) return '0s';
  const small = (['ns', 'µs', 'ms'] as const).find((unit) => nanos < nanosOf[unit]! * 1000n);
  if (small) return `${sign}${decimal(nanos, nanosOf[small]!)}${small}`;
  const minutes = nanos / nanosOf['m']!;
  const seconds = `${decimal(nanos % nanosOf['m']!, nanosOf['s']!)}s`;
  if (minutes === 0n) return sign + seconds;
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`;
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** nanos / unit as a decimal, exactly, without trailing zeros. */
function decimal(nanos: bigint, unit: bigint): string {
  const digits = unit.toString().length - 1;
  const fraction = (nanos % unit).toString().padStart(digits, '0').replace(/0+$/, '');
  return `${nanos / unit}${digits > 0 && fraction ? `.${fraction}` : ''}`;
}
