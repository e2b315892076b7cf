import fc from 'fast-check';
import { messageFields } from '../generated/schema';
import { type Kind, kinds } from '../kinds';
import type { FieldSchema } from '../schema';
import { canonicalQuantity } from '../quantity';
import { decodeManifest, encodeManifest } from './manifest';
import { unknownFields } from './unknown-fields';

const keys = fc.stringMatching(/^[a-z][a-z0-9./-]{0,10}$/);

/** Every second that RFC 3339 can write, as it would. */
const times = fc
  .integer({ min: -62135596800, max: 253402300799 })
  .map((seconds) => new Date(seconds * 1000).toISOString());

const leaves: Record<string, fc.Arbitrary<unknown>> = {
  string: fc.string(),
  bool: fc.boolean(),
  int32: fc.integer(),
  int64: fc.maxSafeInteger(),
  bytes: fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  'ownkube.meta.v1.Time': times.map((time) => time.replace('.000', '')),
  'ownkube.meta.v1.MicroTime': times.map((time) => time.replace('.000', '.000000')),
  'ownkube.meta.v1.Quantity': fc
    .tuple(fc.nat(), fc.constantFrom('', 'm', 'k', 'Mi', 'Gi'))
    .map(([number, suffix]) => canonicalQuantity(`${number}${suffix}`)!),
  'ownkube.meta.v1.IntOrString': fc.oneof(fc.integer(), fc.string()),
  'ownkube.meta.v1.FieldsV1': fc.dictionary(keys, fc.constant({})),
};

/**
 * Objects of a message in JSON: some fields of it, each with lists and maps that are not empty, as encodeManifest leaves
 * those out.
 */
function jsonOf(message: string): fc.Arbitrary<Record<string, unknown>> {
  const fields = messageFields[message]!;
  return fc.subarray([...fields], { maxLength: Math.min(5, fields.length) }).chain((chosen) => {
    const own = Object.fromEntries(
      chosen.filter(({ inline }) => !inline).map((field) => [field.name, fieldOf(field)]),
    );
    const inlined = chosen.filter(({ inline }) => inline).map(({ type }) => jsonOf(type));
    return fc
      .tuple(fc.record(own), ...inlined)
      .map((parts) => Object.assign({}, ...parts) as Record<string, unknown>);
  });
}

function fieldOf({ type, repeated, map }: FieldSchema): fc.Arbitrary<unknown> {
  const value = leaves[type] ?? jsonOf(type);
  if (repeated) return fc.array(value, { minLength: 1, maxLength: 3 });
  return map ? fc.dictionary(keys, value, { minKeys: 1, maxKeys: 3 }) : value;
}

describe.each(kinds.map((kind): [string, Kind] => [kind.kind, kind]))('%s', (name, kind) => {
  const manifests = jsonOf(kind.message).map((fields) => ({
    apiVersion: kind.apiVersion,
    kind: name,
    ...fields,
  }));

  test('encode(decode(x)) is x', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        expect(encodeManifest(kind, decodeManifest(manifest).object)).toEqual(manifest);
      }),
    );
  });

  test('the wire keeps all of it, and has nothing that is not known', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        const { object } = decodeManifest(manifest);
        const bytes = kind.type.encode(object).finish();
        expect(unknownFields(kind.message, bytes)).toEqual([]);
        expect(encodeManifest(kind, kind.type.decode(bytes))).toEqual(manifest);
      }),
    );
  });

  test('any JSON is decoded or refused with sentences', () => {
    const nearly = fc.tuple(manifests, fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(nearly, fc.jsonValue(), ([manifest, extra], any) => {
        for (const value of [any, { ...manifest, ...extra }, { ...manifest, spec: any, metadata: extra }]) {
          try {
            decodeManifest(value);
          } catch (error) {
            expect((error as { code?: string }).code).toBe('Invalid');
          }
        }
      }),
    );
  });
});
