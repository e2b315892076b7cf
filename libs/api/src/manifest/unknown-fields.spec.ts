import { BinaryWriter } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { Pod } from '../generated/index.ownkube.core.v1';
import { messageFields } from '../generated/schema';
import { podKind } from '../kinds';
import { unknownFields } from './unknown-fields';

const scan = (bytes: Uint8Array) => unknownFields(podKind.message, bytes);

/** A message with the given bytes in a field of length-delimited type. */
const wrap = (number: number, content: Uint8Array): Uint8Array =>
  new BinaryWriter()
    .uint32((number << 3) | 2)
    .bytes(content)
    .finish();

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe('unknownFields', () => {
  test('finds nothing in a message of ours', () => {
    const pod = Pod.fromPartial({
      metadata: { name: 'a', labels: { a: 'b' }, creationTimestamp: { seconds: 1 } },
      spec: {
        securityContext: { supplementalGroups: [1, 2, 300] },
        containers: [{ name: 'a', resources: { limits: { cpu: { string: '1' } } } }],
      },
    });
    expect(scan(Pod.encode(pod).finish())).toEqual([]);
  });

  test('names the message that an unknown field stands in', () => {
    const container = (extra: Uint8Array) => wrap(2, join(wrap(1, Buffer.from('a')), extra));
    const spec = wrap(2, join(container(new Uint8Array()), container(wrap(99, Buffer.from('x')))));
    expect(scan(join(spec, wrap(77, Buffer.from('x'))))).toEqual([
      { path: 'spec.containers[1]', number: 99 },
      { path: '', number: 77 },
    ]);
  });

  test('names a known field with a wrong wire type', () => {
    const nameAsNumber = new BinaryWriter()
      .uint32((1 << 3) | 0)
      .uint32(5)
      .finish();
    expect(scan(wrap(1, nameAsNumber))).toEqual([{ path: 'metadata.name', number: 1 }]);
  });

  test('looks into maps, and names keys that an object cannot hold', () => {
    const entry = (key: string, value: Uint8Array) => join(wrap(1, Buffer.from(key)), value);
    const labels = wrap(11, entry('__proto__', wrap(2, Buffer.from('x'))));
    const odd = wrap(11, entry('a', wrap(3, Buffer.from('x'))));
    expect(scan(wrap(1, join(labels, odd)))).toEqual([
      { path: 'metadata.labels[__proto__]', number: 1 },
      { path: 'metadata.labels[a]', number: 3 },
    ]);
  });

  test('takes repeated numbers packed and one by one', () => {
    const one = new BinaryWriter()
      .uint32((4 << 3) | 0)
      .int64(7)
      .finish();
    const packed = new BinaryWriter()
      .uint32((4 << 3) | 2)
      .fork()
      .int64(7)
      .int64(8)
      .join()
      .finish();
    expect(scan(wrap(2, wrap(14, join(one, packed))))).toEqual([]);
  });

  test('never throws on random bytes, and tells a bounded number', () => {
    const messages = fc.constantFrom(...Object.keys(messageFields));
    fc.assert(
      fc.property(messages, fc.uint8Array({ maxLength: 300, size: 'max' }), (message, bytes) => {
        expect(unknownFields(message, bytes).length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 2000 },
    );
    expect(scan(join(...Array.from({ length: 500 }, () => wrap(99, new Uint8Array()))))).toHaveLength(20);
  });
});
