import type { ServiceDefinition } from './definition';
import type { AnyHandler } from './handlers';
import type { Handlers } from './types';

/** A service and who answers for it, to hand to `serve`. */
export interface Service {
  readonly definition: ServiceDefinition;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
}

/** Binds handlers to a service that ts-proto defined; a missing or wrong one does not compile. */
export const service = <D extends ServiceDefinition>(definition: D, handlers: Handlers<D>): Service => ({
  definition,
  handlers: handlers as unknown as Service['handlers'],
});
