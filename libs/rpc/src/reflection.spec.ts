import { Client as GrpcClient, credentials } from '@grpc/grpc-js';
import { NamespacesDefinition } from '@own-kube/api';
import {
  FileDescriptorProto,
  fileDescriptorSet,
  ServerReflectionRequest,
  ServerReflectionResponse,
} from '@own-kube/api/grpc';
import { createReflection } from './reflection';
import { service } from './service';
import { useServers } from './testing/fixture';
import { namespaceHandlers } from './testing/namespaces';

const ask = (request: Partial<ServerReflectionRequest>) =>
  createReflection(fileDescriptorSet(), ['ownkube.core.v1.Namespaces'])(
    ServerReflectionRequest.fromPartial(request),
  );

const filesOf = ({ file_descriptor_response: files }: ServerReflectionResponse) =>
  (files?.file_descriptor_proto ?? []).map((bytes) => FileDescriptorProto.decode(bytes).name);

describe('reflection', () => {
  test.each([
    ['a service', 'ownkube.core.v1.Namespaces', 'namespace.proto'],
    ['a method', 'ownkube.core.v1.Namespaces.Create', 'namespace.proto'],
    ['a message', 'ownkube.core.v1.Pod', 'pod.proto'],
    ['a message with a leading dot', '.ownkube.core.v1.Pod', 'pod.proto'],
    ['a field', 'ownkube.core.v1.Pod.spec', 'pod.proto'],
    ['a nested message', 'ownkube.meta.v1.ObjectMeta.LabelsEntry', 'object_meta.proto'],
  ])('finds %s', (_what, file_containing_symbol, file) => {
    expect(filesOf(ask({ file_containing_symbol }))[0]).toMatch(new RegExp(`/${file}$`));
  });

  test('hands out a file with all that it imports, each once', () => {
    const files = filesOf(ask({ file_by_filename: 'ownkube/core/v1/pod.proto' }));
    expect(files[0]).toBe('ownkube/core/v1/pod.proto');
    expect(files).toContain('ownkube/meta/v1/object_meta.proto');
    expect(files).toContain('google/protobuf/descriptor.proto');
    expect(new Set(files).size).toBe(files.length);
  });

  test('hands out files byte for byte, with their options', () => {
    const bytes = ask({ file_by_filename: 'ownkube/core/v1/pod.proto' }).file_descriptor_response!;
    expect(Buffer.from(fileDescriptorSet()).includes(bytes.file_descriptor_proto[0]!)).toBe(true);
  });

  test('lists what is served', () => {
    expect(ask({ list_services: '*' }).list_services_response?.service.map(({ name }) => name)).toEqual([
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'ownkube.core.v1.Namespaces',
    ]);
  });

  test('knows extensions by what they extend', () => {
    const extended = 'google.protobuf.FieldOptions';
    const numbers = ask({ all_extension_numbers_of_type: extended }).all_extension_numbers_response!;
    expect(numbers.extension_number.length).toBeGreaterThan(0);
    const extension = { containing_type: extended, extension_number: numbers.extension_number[0]! };
    expect(filesOf(ask({ file_containing_extension: extension }))[0]).toBe('ownkube/meta/v1/options.proto');
  });

  test.each([
    [{ file_by_filename: 'x.proto' }, 5, 'x.proto is not known here'],
    [{ file_containing_symbol: 'x.Y' }, 5, 'x.Y is not known here'],
    [{ file_containing_symbol: '__proto__' }, 5, '__proto__ is not known here'],
    [{}, 3, 'the request asks for nothing that is known'],
  ])('answers %j with an error', (request, error_code, error_message) => {
    expect(ask(request).error_response).toEqual({ error_code, error_message });
  });

  describe('over a connection', () => {
    const start = useServers();

    test.each(['v1', 'v1alpha'])('answers %s to a client that knows nothing of us', async (version) => {
      const services = [service(NamespacesDefinition, namespaceHandlers())];
      const server = await start({ services, reflection: fileDescriptorSet() });
      const client = new GrpcClient(server.address, credentials.createInsecure());
      const call = client.makeBidiStreamRequest<ServerReflectionRequest, ServerReflectionResponse>(
        `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
        (request) => Buffer.from(ServerReflectionRequest.encode(request).finish()),
        (bytes) => ServerReflectionResponse.decode(bytes),
      );
      call.write(ServerReflectionRequest.fromPartial({ list_services: '' }));
      call.end(ServerReflectionRequest.fromPartial({ file_containing_symbol: 'ownkube.core.v1.Namespaces' }));
      const answers: ServerReflectionResponse[] = [];
      for await (const answer of call) answers.push(answer as ServerReflectionResponse);
      client.close();
      expect(answers[0]?.list_services_response?.service).toContainEqual({
        name: 'ownkube.core.v1.Namespaces',
      });
      expect(filesOf(answers[1]!)[0]).toBe('ownkube/core/v1/namespace.proto');
    });
  });
});
