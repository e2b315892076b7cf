/**
 * grpc.health.v1: SERVING from the start to the shutdown. (The package grpc-health-check reads its .proto file from its
 * own folder when it runs, which a bundle does not have; the protocol itself is these few lines.)
 */
import { ApiError } from '@own-kube/api';
import { HealthCheckResponse_ServingStatus as ServingStatus, HealthDefinition } from '@own-kube/api/grpc';
import { once } from 'node:events';
import { service, type Service } from './service';

/** The health of one server. */
export interface Health {
  readonly service: Service;
  /** From now on it is not serving. */
  stop(): void;
}

/** Health of a server as a whole ("") and of each of its services, by full name. */
export function createHealth(services: readonly string[]): Health {
  const known = new Set(['', ...services]);
  const stopped = new AbortController();
  const status = () => (stopped.signal.aborted ? ServingStatus.NOT_SERVING : ServingStatus.SERVING);
  const definition = service(HealthDefinition, {
    async check({ service: name }) {
      if (!known.has(name)) throw new ApiError('NotFound', `there is no service "${name}" here`);
      return { status: status() };
    },
    async *watch({ service: name }, { signal }) {
      yield { status: known.has(name) ? status() : ServingStatus.SERVICE_UNKNOWN };
      if (!stopped.signal.aborted) await once(stopped.signal, 'abort', { signal });
      yield { status: status() };
      await once(signal, 'abort');
    },
  });
  return { service: definition, stop: () => stopped.abort() };
}
