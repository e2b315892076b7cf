import type {
  ApiList,
  ApiObject,
  Binding,
  DeleteRequest,
  GetRequest,
  Kind,
  ListRequest,
  PatchType,
  Pod,
  WatchRequest,
} from '@own-kube/api';

export interface CallOptions {
  /** Cancels the call. */
  signal?: AbortSignal | undefined;
  /** How long the answer may take, in milliseconds. Default 10,000; a watch has no limit. */
  timeoutMs?: number | undefined;
}

/** How a write is done. */
export interface WriteOptions extends CallOptions {
  /** Decide and check everything, and write nothing; the answer is what would have been stored. */
  dryRun?: boolean | undefined;
  /** Who owns the fields that are set. Default: the caller's user name. */
  fieldManager?: string | undefined;
}

/** A patch, as the PatchRequest of proto/ has it; the patch itself may be given as the value that JSON is to be of. */
export interface PatchOptions extends WriteOptions {
  namespace?: string | undefined;
  name: string;
  type: PatchType;
  /** JSON (for apply also YAML) as text, or the value itself. */
  patch: string | object;
  /** For apply: take over the fields that other managers own. */
  force?: boolean | undefined;
  subresource?: 'status' | undefined;
}

/** One change, as the api-server streams it. Of a BOOKMARK's object only metadata.resourceVersion is set. */
export interface WatchEvent<T> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: T;
}

/** The verbs of one kind. Every failure is an ApiError. */
export interface KindClient<T extends ApiObject> {
  readonly kind: Kind<T>;
  create(object: T, options?: WriteOptions): Promise<T>;
  get(request: GetRequest, options?: CallOptions): Promise<T>;
  /** One page: all there is where no limit is asked for. */
  list(request?: ListRequest, options?: CallOptions): Promise<ApiList<T>>;
  /** Ends when the signal is aborted or the api-server ends it; to go on for ever take an informer. */
  watch(request?: WatchRequest, options?: CallOptions): AsyncIterable<WatchEvent<T>>;
  /** Replaces metadata and spec; with a resourceVersion only while that is the newest. */
  update(object: T, options?: WriteOptions): Promise<T>;
  /** Replaces the status, as `update` does the rest. */
  updateStatus(object: T, options?: WriteOptions): Promise<T>;
  /** Changes what the patch names and nothing else, or applies; see PatchType. */
  patch(options: PatchOptions): Promise<T>;
  delete(request: DeleteRequest, options?: WriteOptions): Promise<T>;
}

export interface PodClient extends KindClient<Pod> {
  /** Puts a pod on a node. */
  bind(binding: Binding, options?: WriteOptions): Promise<Pod>;
}
