import { callBidi, callClientStream, callServerStream, callUnary, type Remote } from './callers';
import type { Channel } from './channel';
import {
  type MethodDefinition,
  pathOf,
  type RequestOf,
  type ResponseOf,
  type ServiceDefinition,
} from './definition';
import type { Encoded } from './encoded';

/** Options of one call. */
export interface CallOptions {
  /** Its abort cancels the call: it fails with Cancelled. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until it fails with DeadlineExceeded. Default: 10,000 where there is one answer, none for streams. */
  readonly timeoutMs?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Told of each warning that the server sends with its answer. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

type Caller<M extends MethodDefinition> = (
  request: M['requestStream'] extends true ? AsyncIterable<RequestOf<M> | Encoded> : RequestOf<M> | Encoded,
  options?: CallOptions,
) => M['responseStream'] extends true
  ? AsyncGenerator<ResponseOf<M>, void, undefined>
  : Promise<ResponseOf<M>>;

/**
 * One async function for each method. What streams its answers begins with the first `next()` and is cancelled by
 * leaving the loop, or by the signal. Every error is an ApiError.
 */
export type Client<D extends ServiceDefinition> = {
  readonly [K in keyof D['methods']]: Caller<D['methods'][K]>;
};

/** A client of one service over a channel. */
export function createClient<D extends ServiceDefinition>(definition: D, channel: Channel): Client<D> {
  const callers = Object.entries(definition.methods).map(([name, method]) => [
    name,
    callerOf({ channel, method, path: pathOf(definition, method) }),
  ]);
  return Object.fromEntries(callers) as Client<D>;
}

function callerOf(remote: Remote) {
  const { requestStream, responseStream } = remote.method;
  if (responseStream) return requestStream ? callBidi(remote) : callServerStream(remote);
  return requestStream ? callClientStream(remote) : callUnary(remote);
}
