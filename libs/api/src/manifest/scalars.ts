/** How the scalars of messages stand in JSON and YAML. */
export interface ScalarCodec {
  /** What is allowed, to end the sentence "must be ...". */
  readonly allowed: string;
  /** The message's value, or undefined where the JSON value is of another type. */
  readonly decode: (value: unknown) => unknown;
  readonly encode: (value: unknown) => unknown;
}

const asItIs = (value: unknown): unknown => value;

const integer = (min: number, max: number, allowed: string): ScalarCodec => ({
  allowed,
  decode: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined,
  encode: asItIs,
});

/** 64-bit integers are JSON numbers in Kubernetes; beyond 2^53 a number is not exact, so none such is taken. */
const safe = Number.MAX_SAFE_INTEGER;
const signed32 = integer(-(2 ** 31), 2 ** 31 - 1, 'an integer from -2147483648 to 2147483647');
const signed64 = integer(-safe, safe, `an integer from -${safe} to ${safe}`);

/** By their names in proto. */
export const scalarCodecs: Readonly<Record<string, ScalarCodec>> = {
  string: {
    allowed: 'a string',
    decode: (value) => (typeof value === 'string' ? value : undefined),
    encode: asItIs,
  },
  bool: {
    allowed: 'true or false',
    decode: (value) => (typeof value === 'boolean' ? value : undefined),
    encode: asItIs,
  },
  int32: signed32,
  int64: signed64,
  uint32: integer(0, 2 ** 32 - 1, 'an integer from 0 to 4294967295'),
  uint64: integer(0, safe, `an integer from 0 to ${safe}`),
  double: {
    allowed: 'a number',
    decode: (value) => (typeof value === 'number' ? value : undefined),
    encode: asItIs,
  },
  bytes: {
    allowed: 'a base64 string',
    decode: decodeBase64,
    encode: (value) => Buffer.from(value as Uint8Array).toString('base64'),
  },
};

function decodeBase64(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/[\r\n]/g, '');
  const wellFormed = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return wellFormed ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
}
