/**
 * The messages that JSON writes in a way of their own, as upstream does: times and durations as text, quantities as
 * text or number, IntOrString as the one that it is, field sets as the JSON that they hold.
 */
import type { Duration, FieldsV1, IntOrString, Quantity, Time } from '../generated/index.ownkube.meta.v1';
import { canonicalQuantity } from '../quantity';
import { formatDuration, formatMicroTime, formatTime, parseDuration, parseTime } from '../time';
import { isObject } from './json-value';
import { type ScalarCodec, scalarCodecs } from './scalars';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A codec whose JSON form is text. */
const textCodec = <T>(
  allowed: string,
  parse: (text: string) => T | undefined,
  format: (message: T) => string,
): ScalarCodec => ({
  allowed,
  decode: (value) => (typeof value === 'string' ? parse(value) : undefined),
  encode: (message) => format(message as T),
});

const wholeSeconds = (value: string): Time | undefined => {
  const time = parseTime(value);
  return time && { seconds: time.seconds, nanos: 0 };
};

/** By the names of the messages. */
export const specialMessages: Readonly<Record<string, ScalarCodec>> = {
  'ownkube.meta.v1.Time': textCodec<Time>('a time, as "2026-01-02T03:04:05Z"', wholeSeconds, formatTime),
  'ownkube.meta.v1.MicroTime': textCodec<Time>(
    'a time, as "2026-01-02T03:04:05.000006Z"',
    parseTime,
    formatMicroTime,
  ),
  'ownkube.meta.v1.Duration': textCodec<Duration>('a duration, as "1m30s"', parseDuration, formatDuration),
  'ownkube.meta.v1.Quantity': {
    allowed: 'a quantity, as 2, "100m", "1.5" or "64Mi"',
    decode: (value) => {
      const canonical = canonicalQuantity(typeof value === 'number' ? String(value) : (text(value) ?? ''));
      return canonical === undefined ? undefined : ({ string: canonical } satisfies Quantity);
    },
    encode: (message) => (message as Quantity).string ?? '0',
  },
  'ownkube.meta.v1.IntOrString': {
    allowed: 'an integer or a string',
    decode: (value): IntOrString | undefined => {
      if (typeof value === 'string') return { type: 1, intVal: 0, strVal: value };
      const intVal = scalarCodecs['int32']!.decode(value) as number | undefined;
      return intVal === undefined ? undefined : { type: 0, intVal, strVal: '' };
    },
    encode: (message) => {
      const { type, intVal = 0, strVal = '' } = message as IntOrString;
      return type === 1 ? strVal : intVal;
    },
  },
  'ownkube.meta.v1.FieldsV1': {
    allowed: 'an object of fields',
    decode: (value): FieldsV1 | undefined =>
      isObject(value) ? { raw: Buffer.from(JSON.stringify(value)) } : undefined,
    encode: (message) => parseJson((message as FieldsV1).raw),
  },
};

/** What is not JSON has no JSON form; an empty object stands for it. */
function parseJson(raw: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(raw ?? []).toString()) as unknown;
  } catch {
    return {};
  }
}
