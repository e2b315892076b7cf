/** Handlers as grpc-js wants them, of handlers as ours are: the only place where callbacks and promises meet. */
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  sendUnaryData,
  ServerDuplexStream,
  ServerWritableStream,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import type { ApiError } from '@own-kube/api';
import type { Call, GrpcCall } from './call';
import { decodeRequest } from './decode';
import type { MethodDefinition } from './definition';
import { toBuffer } from './encoded';
import { pump } from './pump';
import { requests } from './requests';
import { toStatus } from './status';
import type { Around, CallContext } from './types';

/** What the handlers of one server share. */
export interface Hosting {
  readonly around: Around;
  /** A call begins; `stream` if it may last. */
  begin(path: string, grpc: GrpcCall, stream: boolean): Call;
  /** What the caller is told of an error; one that is not meant for callers is logged. */
  explain(error: unknown, call: Call): ApiError;
}

/** Any method's handler, once its types have been checked by `service`. */
export type AnyHandler = (request: unknown, ctx: CallContext) => unknown;

type Answer = (request: unknown, ctx: CallContext) => Promise<unknown>;
type Answers = (request: unknown, ctx: CallContext) => AsyncIterable<unknown>;

/** The grpc-js handler of a method. */
export function hostMethod(
  path: string,
  method: MethodDefinition,
  handler: AnyHandler,
  hosting: Hosting,
): UntypedHandleCall {
  const host = { path, method, hosting };
  if (method.responseStream) {
    const answers = handler as Answers;
    return method.requestStream ? bidi(host, answers) : serverStream(host, answers);
  }
  const answer = handler as Answer;
  return method.requestStream ? clientStream(host, answer) : unary(host, answer);
}

interface Host {
  readonly path: string;
  readonly method: MethodDefinition;
  readonly hosting: Hosting;
}

const unary =
  (host: Host, answer: Answer): handleUnaryCall<Buffer, Buffer> =>
  (grpc, respond) => {
    const call = host.hosting.begin(host.path, grpc, false);
    const { requestType } = host.method;
    respondWith(host, call, respond, () => answer(decodeRequest(requestType, grpc.request, host.path), call));
  };

const clientStream =
  (host: Host, answer: Answer): handleClientStreamingCall<Buffer, Buffer> =>
  (grpc, respond) => {
    const call = host.hosting.begin(host.path, grpc, true);
    const decode = (bytes: Buffer) => decodeRequest(host.method.requestType, bytes, host.path);
    respondWith(host, call, respond, () => answer(requests(grpc, decode, call.signal), call));
  };

function respondWith(
  { hosting, method }: Host,
  call: Call,
  respond: sendUnaryData<Buffer>,
  answer: () => Promise<unknown>,
): void {
  const finish = (error: ApiError | null, bytes?: Buffer) => {
    if (call.ended) return;
    call.sendWarnings();
    call.end();
    if (error) respond(toStatus(error));
    else respond(null, bytes);
  };
  // At a shutdown nobody waits for a handler that does not heed its signal. (To a caller that is gone nothing is sent.)
  call.onAbort = finish;
  void hosting
    // A handler that throws before its first await has failed like any other.
    .around(call, async () => toBuffer(method.responseType, await answer()))
    .then(
      (bytes) => finish(null, bytes),
      (error: unknown) => finish(hosting.explain(error, call)),
    )
    .catch((error: unknown) => hosting.explain(error, call));
}

const serverStream =
  (host: Host, answers: Answers): handleServerStreamingCall<Buffer, Buffer> =>
  (grpc) => {
    const call = host.hosting.begin(host.path, grpc, true);
    const { requestType } = host.method;
    streamTo(grpc, host, call, () => answers(decodeRequest(requestType, grpc.request, host.path), call));
  };

const bidi =
  (host: Host, answers: Answers): handleBidiStreamingCall<Buffer, Buffer> =>
  (grpc) => {
    const call = host.hosting.begin(host.path, grpc, true);
    const decode = (bytes: Buffer) => decodeRequest(host.method.requestType, bytes, host.path);
    streamTo(grpc, host, call, () => answers(requests(grpc, decode, call.signal), call));
  };

function streamTo(
  grpc: ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>,
  { hosting, method }: Host,
  call: Call,
  answers: () => AsyncIterable<unknown>,
): void {
  const encode = (answer: unknown) => {
    call.sendWarnings();
    return toBuffer(method.responseType, answer);
  };
  const run = async () => {
    const late = (error: unknown) => void hosting.explain(error, call);
    const pumping = pump(answers(), encode, { sink: grpc, late });
    call.onAbort = (reason) => pumping.stop(reason);
    if (call.aborted) pumping.stop(call.aborted);
    await pumping.done;
  };
  void hosting
    .around(call, run)
    .then(
      () => grpc.end(call.takeWarnings()),
      (error: unknown) => {
        const status = toStatus(hosting.explain(error, call));
        // grpc-js sends this as the status once the messages before it are written. To a caller that is gone: nothing.
        if (!grpc.destroyed) grpc.emit('error', status);
      },
    )
    .catch((error: unknown) => hosting.explain(error, call))
    .finally(() => call.end());
}
