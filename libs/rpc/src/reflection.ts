/**
 * Server reflection, from a FileDescriptorSet. (The package @grpc/reflection reads its .proto files from its own folder
 * when it runs, which a bundle does not have, and it merges the files of a package into one and drops custom options;
 * this hands out the files as they are.)
 */
import { status } from '@grpc/grpc-js';
import {
  type DescriptorProto,
  descriptorFiles,
  FileDescriptorProto,
  ServerReflectionDefinition,
  type ServerReflectionRequest,
  type ServerReflectionResponse,
} from '@own-kube/api/grpc';
import { service, type Service } from './service';

/** One .proto file: what it declares, and its descriptor as it came. */
interface ProtoFile {
  readonly declared: FileDescriptorProto;
  readonly bytes: Buffer;
}

/** What can be asked for, and the file that answers. */
interface Index {
  readonly files: ReadonlyMap<string, ProtoFile>;
  readonly symbols: ReadonlyMap<string, ProtoFile>;
  /** By "extended message:number". */
  readonly extensions: ReadonlyMap<string, ProtoFile>;
}

/** Reflection v1 and v1alpha (the same messages under another name) of the services that are served. */
export function reflectionServices(descriptors: Uint8Array, served: readonly Service[]): Service[] {
  const answer = createReflection(
    descriptors,
    served.map(({ definition }) => definition.fullName),
  );
  const handlers = {
    async *serverReflectionInfo(requests: AsyncIterable<ServerReflectionRequest>) {
      for await (const request of requests) yield answer(request);
    },
  };
  return ['grpc.reflection.v1', 'grpc.reflection.v1alpha'].map((name) =>
    service({ ...ServerReflectionDefinition, fullName: `${name}.ServerReflection` }, handlers),
  );
}

/** Answers one question about the descriptors. */
export function createReflection(
  descriptors: Uint8Array,
  services: readonly string[],
): (request: ServerReflectionRequest) => ServerReflectionResponse {
  const index = indexOf(descriptorFiles(descriptors));
  const always = ['grpc.health.v1.Health', 'grpc.reflection.v1.ServerReflection'];
  const listed = [...new Set([...services, ...always])].filter((name) => index.symbols.has(name)).sort();
  return (request) => ({
    valid_host: request.host,
    original_request: request,
    ...reply(index, listed, request),
  });
}

function reply(
  { files, symbols, extensions }: Index,
  listed: readonly string[],
  request: ServerReflectionRequest,
): Partial<ServerReflectionResponse> {
  const file = (found: ProtoFile | undefined, what: string) =>
    found ? withImports(found, files) : failure(status.NOT_FOUND, `${what} is not known here`);
  const { file_by_filename, file_containing_symbol, file_containing_extension: extension } = request;
  if (request.list_services !== undefined) {
    return { list_services_response: { service: listed.map((name) => ({ name })) } };
  }
  if (file_by_filename !== undefined) return file(files.get(file_by_filename), file_by_filename);
  if (file_containing_symbol !== undefined) {
    return file(symbols.get(file_containing_symbol.replace(/^\./, '')), file_containing_symbol);
  }
  if (extension) {
    const key = `${extension.containing_type}:${extension.extension_number}`;
    return file(extensions.get(key), `extension ${key}`);
  }
  const type = request.all_extension_numbers_of_type;
  if (type === undefined)
    return failure(status.INVALID_ARGUMENT, 'the request asks for nothing that is known');
  const numbers = [...extensions.keys()].filter((key) => key.startsWith(`${type}:`));
  return {
    all_extension_numbers_response: {
      base_type_name: type,
      extension_number: numbers.map((key) => Number(key.slice(type.length + 1))),
    },
  };
}

const failure = (error_code: number, error_message: string): Partial<ServerReflectionResponse> => ({
  error_response: { error_code, error_message },
});

/** A file and all that it imports, each once: a client can build its pool from the one answer. */
function withImports(
  file: ProtoFile,
  files: ReadonlyMap<string, ProtoFile>,
): Partial<ServerReflectionResponse> {
  const wanted = new Set([file]);
  for (const { declared } of wanted) {
    for (const name of declared.dependency) {
      const imported = files.get(name);
      if (imported) wanted.add(imported);
    }
  }
  return { file_descriptor_response: { file_descriptor_proto: [...wanted].map(({ bytes }) => bytes) } };
}

function indexOf(descriptors: readonly Uint8Array[]): Index {
  const files = new Map<string, ProtoFile>();
  const symbols = new Map<string, ProtoFile>();
  const extensions = new Map<string, ProtoFile>();
  for (const bytes of descriptors) {
    const declared = FileDescriptorProto.decode(bytes);
    const file = { declared, bytes: Buffer.from(bytes) };
    files.set(declared.name ?? '', file);
    for (const symbol of symbolsOf(declared)) symbols.set(symbol, file);
    for (const { extendee, number } of declared.extension) {
      extensions.set(`${(extendee ?? '').replace(/^\./, '')}:${number}`, file);
    }
  }
  return { files, symbols, extensions };
}

/** The full names that a file declares: messages, their fields and nested types, enums, services, methods. */
function* symbolsOf(file: FileDescriptorProto): Generator<string> {
  const scope = file.package ? `${file.package}.` : '';
  for (const message of file.message_type) yield* messageSymbols(message, scope);
  for (const { name } of [...file.enum_type, ...file.extension]) yield `${scope}${name}`;
  for (const { name, method } of file.service) {
    yield `${scope}${name}`;
    for (const each of method) yield `${scope}${name}.${each.name}`;
  }
}

function* messageSymbols(message: DescriptorProto, scope: string): Generator<string> {
  const name = `${scope}${message.name}`;
  yield name;
  for (const each of [...message.field, ...message.enum_type]) yield `${name}.${each.name}`;
  for (const nested of message.nested_type) yield* messageSymbols(nested, `${name}.`);
}
