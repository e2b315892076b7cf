import type {
  ApiList,
  ApiObject,
  Binding,
  DeleteRequest,
  GetRequest,
  Kind,
  ListRequest,
  Pod,
  WatchRequest,
} from '@own-kube/api';

export interface CallOptions {
  /** Cancels the call. */
  signal?: AbortSignal | undefined;
  /** How long the answer may take, in milliseconds. Default 10,000; a watch has no limit. */
  timeoutMs?: number | undefined;
}

/** One change, as the api-server streams it. Of a BOOKMARK's object only metadata.resourceVersion is set. */
export interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: T;
}

/** The verbs of one kind. Every failure is an ApiError. */
export interface KindClient<T extends ApiObject> {
  readonly kind: Kind<T>;
  create(object: T, options?: CallOptions): Promise<T>;
  get(request: GetRequest, options?: CallOptions): Promise<T>;
  /** One page: all there is where no limit is asked for. */
  list(request?: ListRequest, options?: CallOptions): Promise<ApiList<T>>;
  /** Ends when the signal is aborted or the api-server ends it; to go on for ever take an informer. */
  watch(request?: WatchRequest, options?: CallOptions): AsyncIterable<WatchEvent<T>>;
  /** Replaces metadata and spec; with a resourceVersion only while that is the newest. */
  update(object: T, options?: CallOptions): Promise<T>;
  /** Replaces the status, as `update` does the rest. */
  updateStatus(object: T, options?: CallOptions): Promise<T>;
  delete(request: DeleteRequest, options?: CallOptions): Promise<T>;
}

export interface PodClient extends KindClient<Pod> {
  /** Puts a pod on a node. */
  bind(binding: Binding, options?: CallOptions): Promise<Pod>;
}
