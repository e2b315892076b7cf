export { createApiClient, type ApiClient, type ApiClientOptions } from './api-client';
export { createBackoff, type Backoff, type BackoffOptions } from './backoff';
export type { Change } from './changes';
export type { IndexFunction } from './indexed-store';
export { createInformer, type Informer, type InformerOptions } from './informer';
export { keyOf, keyOfRef, refOfKey, type ObjectRef } from './key-of';
export type {
  CallOptions,
  KindClient,
  PatchOptions,
  PodClient,
  WatchEvent,
  WriteOptions,
} from './kind-client';
export type { Selection } from './list-watch';
export { runWorkers, type RunWorkersOptions } from './run-workers';
export { updateWithRetry, type UpdateOptions } from './update-with-retry';
export { createWorkQueue, type WorkQueue, type WorkQueueOptions } from './work-queue';
