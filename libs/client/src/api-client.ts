import { type ApiObject, type Kind, type Namespace, namespaceKind, type Node, nodeKind } from '@own-kube/api';
import { createChannel, type TlsFiles } from '@own-kube/rpc';
import type { KindClient, PodClient } from './kind-client';
import { type Connection, createKindClient, createPodClient } from './remote-kind';

/** The api-server, as the rest of the cluster sees it. */
export interface ApiClient {
  readonly pods: PodClient;
  readonly nodes: KindClient<Node>;
  readonly namespaces: KindClient<Namespace>;
  /** The client of any kind. */
  of<T extends ApiObject>(kind: Kind<T>): KindClient<T>;
  /** Ends the connection and all calls on it. */
  close(): void;
}

export interface ApiClientOptions {
  /** "host:port" of the api-server. */
  address: string;
  /** The client's identity, and the CA that it trusts. */
  tls?: TlsFiles | undefined;
  /** Told of each warning that comes with an answer. */
  onWarning?: ((text: string) => void) | undefined;
}

/** Makes a client of the api-server. It connects with the first call, and again whenever the connection was lost. */
export function createApiClient({ address, tls, onWarning }: ApiClientOptions): ApiClient {
  const channel = () => createChannel({ address, tls, name: 'the api-server' });
  // A busy watch would hold up the short calls if they shared its window.
  const connection: Connection = { calls: channel(), watches: channel(), onWarning };
  return {
    pods: createPodClient(connection),
    nodes: createKindClient(nodeKind, connection),
    namespaces: createKindClient(namespaceKind, connection),
    of: (kind) => createKindClient(kind, connection),
    close: () => {
      connection.calls.close();
      connection.watches.close();
    },
  };
}
