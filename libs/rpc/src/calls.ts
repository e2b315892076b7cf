/** The calls that a server is serving: what it needs to know of them to host and to end them. */
import { ApiError } from '@own-kube/api';
import { Call, type GrpcCall } from './call';
import type { Hosting } from './handlers';
import { createIdentities, identifyBearer } from './identity';
import type { Around, IdentifyToken, Log } from './types';

export interface Calls extends Hosting {
  /** Ends every stream with UNAVAILABLE, so that its caller resumes elsewhere. */
  endStreams(): void;
  /** Ends whatever is left. */
  endAll(): void;
}

const noAround: Around = (_ctx, next) => next();

export interface CallsOptions {
  readonly around?: Around | undefined;
  readonly tokens?: IdentifyToken | undefined;
  readonly log: Log;
}

/** Keeps track of a server's calls. */
export function createCalls({ around = noAround, tokens, log }: CallsOptions): Calls {
  const certified = createIdentities();
  const identities = (grpc: GrpcCall) => certified(grpc) ?? (tokens && identifyBearer(grpc, tokens));
  const unaries = new Set<Call>();
  const streams = new Set<Call>();
  const end = (calls: Set<Call>) => {
    for (const call of calls) {
      call.abort(new ApiError('Unavailable', 'it is shutting down; call again'));
    }
  };
  return {
    around,
    begin: (path: string, grpc: GrpcCall, stream: boolean) =>
      new Call(path, grpc, identities, stream ? streams : unaries),
    explain: (error, call) => explain(error, call, log),
    endStreams: () => end(streams),
    endAll: () => [unaries, streams].forEach(end),
  };
}

/** An ApiError is meant for the caller. Anything else is ours: the log has it, the caller learns that much. */
function explain(error: unknown, call: Call, log: Log): ApiError {
  if (error instanceof ApiError) return error;
  if (call.aborted && error instanceof Error && error.name === 'AbortError') return call.aborted;
  const stack = error instanceof Error ? error.stack : String(error);
  log.error(`${call.method} failed`, { method: call.method, user: call.identity?.user, stack });
  return new ApiError('Internal', `${call.method} failed; the server's log says why`);
}
