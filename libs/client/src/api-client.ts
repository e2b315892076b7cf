import type { ApiObject, Kind, Namespace, Node } from '@own-kube/api';
import type { KindClient, PodClient } from './kind-client';

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
