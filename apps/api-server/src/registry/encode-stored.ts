import type { ApiObject } from '@own-kube/api';
import type { Strategy } from './strategy';

/** The bytes to store, in which the resourceVersion is not. */
export const encodeStored = <T extends ApiObject>({ kind }: Strategy<T>, object: T): Uint8Array =>
  kind.type
    .encode({ ...object, metadata: object.metadata && { ...object.metadata, resourceVersion: undefined } })
    .finish();
