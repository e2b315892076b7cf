import {
  ApiError,
  type ApiEvent,
  type ApiList,
  type ApiObject,
  type DeleteRequest,
  type GetRequest,
  type Kind,
  type ListRequest,
  type PatchRequest,
  podKind,
  PodsDefinition,
  type WatchRequest,
} from '@own-kube/api';
import {
  type CallOptions as RpcOptions,
  type Channel,
  createClient,
  type ServiceDefinition,
} from '@own-kube/rpc';
import type {
  CallOptions,
  KindClient,
  PatchOptions,
  PodClient,
  WatchEvent,
  WriteOptions,
} from './kind-client';

/** The way to one api-server. */
export interface Connection {
  readonly calls: Channel;
  readonly watches: Channel;
  readonly onWarning?: ((text: string) => void) | undefined;
}

/** The methods that every kind's service has, as the client of its definition offers them. */
interface Verbs<T extends ApiObject> {
  create(object: T, options: RpcOptions): Promise<T>;
  get(request: GetRequest, options: RpcOptions): Promise<T>;
  list(request: ListRequest, options: RpcOptions): Promise<ApiList<T>>;
  watch(request: WatchRequest, options: RpcOptions): AsyncIterable<ApiEvent<T>>;
  update(object: T, options: RpcOptions): Promise<T>;
  updateStatus(object: T, options: RpcOptions): Promise<T>;
  patch(request: PatchRequest, options: RpcOptions): Promise<T>;
  delete(request: DeleteRequest, options: RpcOptions): Promise<T>;
}

/** A kind's verbs over a connection. */
export function createKindClient<T extends ApiObject>(kind: Kind<T>, connection: Connection): KindClient<T> {
  // A kind knows of its service only that it is one; that all have the same verbs is held by proto/.
  const definition = kind.service as ServiceDefinition;
  const calls = createClient(definition, connection.calls) as unknown as Verbs<T>;
  const watches = createClient(definition, connection.watches) as unknown as Verbs<T>;
  const { onWarning } = connection;
  const callOptions = (options?: CallOptions): RpcOptions => ({ ...options, onWarning });
  const writeOptions = (options?: WriteOptions): RpcOptions => ({
    ...callOptions(options),
    headers: headersOf(options),
  });
  return {
    kind,
    create: (object, options) => calls.create(object, writeOptions(options)),
    get: (request, options) => calls.get(request, callOptions(options)),
    list: (request = {}, options) => calls.list(request, callOptions(options)),
    watch: (request = {}, options) => checked(kind, watches.watch(request, callOptions(options))),
    update: (object, options) => calls.update(object, writeOptions(options)),
    updateStatus: (object, options) => calls.updateStatus(object, writeOptions(options)),
    patch: (options) => calls.patch(patchRequest(options), callOptions(options)),
    delete: (request, options) => calls.delete(request, writeOptions(options)),
  };
}

/** The verbs of pods, with those of their own. */
export function createPodClient(connection: Connection): PodClient {
  const { bind } = createClient(PodsDefinition, connection.calls);
  const { onWarning } = connection;
  return {
    ...createKindClient(podKind, connection),
    bind: (binding, options) => bind(binding, { ...options, headers: headersOf(options), onWarning }),
  };
}

/** What a write has to say beside its object, as proto/ownkube/meta/v1/requests.proto says. */
const headersOf = ({ dryRun, fieldManager }: WriteOptions = {}): Record<string, string> => ({
  ...(dryRun ? { 'own-kube-dry-run': 'All' } : {}),
  ...(fieldManager ? { 'own-kube-field-manager': fieldManager } : {}),
});

const patchRequest = ({ patch, ...options }: PatchOptions): PatchRequest => ({
  namespace: options.namespace,
  name: options.name,
  type: options.type,
  patch: Buffer.from(typeof patch === 'string' ? patch : JSON.stringify(patch)),
  fieldManager: options.fieldManager,
  force: options.force,
  dryRun: options.dryRun,
  subresource: options.subresource,
});

/** What streams in is what we take it for, or the stream is broken. */
async function* checked<T extends ApiObject>(
  { kind }: Kind<T>,
  events: AsyncIterable<ApiEvent<T>>,
): AsyncGenerator<WatchEvent<T>, void, undefined> {
  for await (const { type, object } of events) {
    if (!object || !isEventType(type)) {
      throw new ApiError(
        'Internal',
        `The api-server sent a ${kind} event of type "${type ?? ''}" that is none.`,
      );
    }
    yield { type, object };
  }
}

const eventTypes: readonly string[] = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'];
const isEventType = (type: string | undefined): type is WatchEvent<unknown>['type'] =>
  type !== undefined && eventTypes.includes(type);
