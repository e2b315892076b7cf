import type { AnyCodec } from './definition';

/**
 * A message that is encoded already. A handler may return or yield one instead of the message: it is sent as it is, so
 * that an event which many watch is encoded once.
 */
export class Encoded {
  constructor(readonly bytes: Uint8Array) {}
}

/** The bytes to send. grpc-js copies them with Buffer's own `copy`, so they are made a Buffer, by reference. */
export function toBuffer(codec: AnyCodec, message: unknown): Buffer {
  const bytes = message instanceof Encoded ? message.bytes : codec.encode(message).finish();
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** grpc-js is given bytes and gives bytes: what fails in encoding or decoding is then ours to answer. */
export const asIs = (bytes: Buffer): Buffer => bytes;
