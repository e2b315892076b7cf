/**
 * What gRPC itself speaks beside our API: the details of an error, health, reflection. libs/rpc is who needs it; an app
 * needs only `fileDescriptorSet`, to hand it to `serve`.
 */
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { fileDescriptorSet as base64 } from './generated/descriptors';

export { Any } from './generated/google/protobuf/any';
export { FileDescriptorProto } from './generated/google/protobuf/descriptor';
export type { DescriptorProto } from './generated/google/protobuf/descriptor';
export { BadRequest } from './generated/google/rpc/error_details';
export { Status } from './generated/google/rpc/status';
export * from './generated/grpc/health/v1/health';
export * from './generated/grpc/reflection/v1/reflection';

/** The FileDescriptorSet of proto/, as bytes: what server reflection answers from. */
export const fileDescriptorSet = (): Uint8Array => Buffer.from(base64, 'base64');

/**
 * The files of a FileDescriptorSet, each as its bytes. Decoding and encoding one again would lose the options that
 * google.protobuf does not know, ours for example.
 */
export function descriptorFiles(descriptors: Uint8Array): Uint8Array[] {
  const reader = new BinaryReader(descriptors);
  const files: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1) files.push(reader.bytes());
    else reader.skip(wireType, field);
  }
  return files;
}
