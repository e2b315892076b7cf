import { ApiError } from '@own-kube/api';
import type { AnyCodec } from './definition';

/**
 * Decodes what a caller sent. Bytes that are no such message are the caller's mistake (grpc-js would say INTERNAL, and
 * not why); a decode that throws an ApiError has said itself what is wrong.
 */
export function decodeRequest(codec: AnyCodec, bytes: Buffer, path: string): unknown {
  try {
    return codec.decode(bytes);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError('Invalid', `the request of ${path} cannot be decoded: ${why}`, { cause: error });
  }
}
