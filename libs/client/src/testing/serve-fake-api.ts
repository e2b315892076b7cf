import {
  type ApiObject,
  type Binding,
  type DeleteRequest,
  type GetRequest,
  type ListRequest,
  NamespacesDefinition,
  NodesDefinition,
  type PatchRequest,
  PodsDefinition,
  type WatchRequest,
} from '@own-kube/api';
import { type CallContext, serve, service, type ServeOptions, type Serving } from '@own-kube/rpc';
import type { KindClient } from '../kind-client';
import type { FakeApi } from './fake-api';

/** Serves a fake api-server by gRPC, for tests of what really connects. */
export function serveFakeApi(
  { client }: FakeApi,
  options: Pick<ServeOptions, 'listen' | 'tls' | 'log' | 'signal'>,
): Promise<Serving> {
  const bind = (binding: Binding) => client.pods.bind(binding);
  return serve({
    ...options,
    services: [
      service(PodsDefinition, { ...handlersOf(client.pods), bind }),
      service(NodesDefinition, handlersOf(client.nodes)),
      service(NamespacesDefinition, handlersOf(client.namespaces)),
    ],
  });
}

const handlersOf = <T extends ApiObject>(kind: KindClient<T>) => ({
  create: (object: T) => kind.create(object),
  get: (request: GetRequest) => kind.get(request),
  list: (request: ListRequest) => kind.list(request),
  watch: (request: WatchRequest, { signal }: CallContext) => kind.watch(request, { signal }),
  update: (object: T) => kind.update(object),
  updateStatus: (object: T) => kind.updateStatus(object),
  patch: ({ name = '', patch, subresource, ...request }: PatchRequest) =>
    kind.patch({
      ...request,
      name,
      patch: Buffer.from(patch ?? []).toString(),
      subresource: subresource === 'status' ? subresource : undefined,
    }),
  delete: (request: DeleteRequest) => kind.delete(request),
});
