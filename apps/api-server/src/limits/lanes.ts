import { type Kind, leaseKind, nodeKind } from '@own-kube/api';
import type { Service } from '@own-kube/rpc';

/** How a call is limited. */
export type Lane =
  /** It lasts: counted, and not queued. */
  | 'stream'
  /** Says that a node lives: served beside everything else. */
  | 'heartbeat'
  | 'ordinary';

const pathOf = (kind: Kind, method: string): string => `/${kind.service.fullName}/${method}`;

/** What a node calls to say that it lives. */
const heartbeats = new Set([
  ...['Get', 'UpdateStatus', 'Patch'].map((method) => pathOf(nodeKind, method)),
  ...['Get', 'Create', 'Update', 'Patch'].map((method) => pathOf(leaseKind, method)),
]);

/** Finds the lane of a call by its method, and by whether a node calls. */
export function createLanes(services: readonly Service[]): (method: string, isNode: boolean) => Lane {
  const streams = new Set(
    services.flatMap(({ definition }) =>
      Object.values(definition.methods)
        .filter(({ requestStream, responseStream }) => requestStream || responseStream)
        .map(({ name }) => `/${definition.fullName}/${name}`),
    ),
  );
  return (method, isNode) => {
    if (streams.has(method)) return 'stream';
    return isNode && heartbeats.has(method) ? 'heartbeat' : 'ordinary';
  };
}
