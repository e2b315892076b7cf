/** The objects that the api-server is measured with. */
import { GetRequest, ListRequest, Pod, podKind, WatchRequest } from '@own-kube/api';

const service = `/${podKind.service.fullName}`;

/** The methods, as paths. */
export const paths = {
  create: `${service}/Create`,
  get: `${service}/Get`,
  list: `${service}/List`,
  update: `${service}/Update`,
  watch: `${service}/Watch`,
} as const;

/** A pod of about so many bytes. */
export function podBytes(name: string, size: number): Buffer {
  const pod = Pod.fromPartial({
    metadata: {
      name,
      namespace: 'default',
      labels: { app: 'bench' },
      annotations: { filler: 'x'.repeat(size - 200) },
    },
    spec: { containers: [{ name: 'main', image: 'example/image:1', command: ['run', '--fast'] }] },
  });
  return Buffer.from(Pod.encode(pod).finish());
}

/** A get of one pod: from the cache as it is, or as new as the newest write. */
export const getBytes = (name: string, from: 'cache' | 'newest'): Buffer =>
  Buffer.from(
    GetRequest.encode(
      GetRequest.fromPartial({
        namespace: 'default',
        name,
        ...(from === 'cache' ? { resourceVersion: '0' } : {}),
      }),
    ).finish(),
  );

/** A list from the cache. */
export const listBytes = (fieldSelector?: string): Buffer =>
  Buffer.from(
    ListRequest.encode(
      ListRequest.fromPartial({ namespace: 'default', resourceVersion: '0', fieldSelector }),
    ).finish(),
  );

/** A watch of changes from now on: after the version. */
export const watchBytes = (resourceVersion: string): Buffer =>
  Buffer.from(
    WatchRequest.encode(WatchRequest.fromPartial({ namespace: 'default', resourceVersion })).finish(),
  );
