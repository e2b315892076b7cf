/** The four kinds of calls, as promises and async generators. */
import { type CallOptions as GrpcOptions, type ClientReadableStream, Metadata } from '@grpc/grpc-js';
import { ApiError } from '@own-kube/api';
import type { EventEmitter } from 'node:events';
import { warningKey } from './call';
import type { Channel } from './channel';
import type { CallOptions } from './client';
import type { MethodDefinition } from './definition';
import { toBuffer } from './encoded';
import { type Failed, toClientError } from './failure';
import { pump, type Sink } from './pump';

/** A method at the other end of a channel. */
export interface Remote {
  readonly channel: Channel;
  readonly method: MethodDefinition;
  readonly path: string;
}

const unaryTimeoutMs = 10_000;

/** One question, one answer. */
export function callUnary(remote: Remote) {
  const { grpc, path, encode, decode } = partsOf(remote);
  return (request: unknown, options: CallOptions = {}) =>
    oneAnswer(remote, options, ({ metadata, limits }, done) =>
      grpc.makeUnaryRequest(path, encode, decode, request, metadata, limits, done),
    );
}

/** Many questions, one answer. */
export function callClientStream(remote: Remote) {
  const { grpc, path, encode, decode } = partsOf(remote);
  return (requests: AsyncIterable<unknown>, options: CallOptions = {}) =>
    oneAnswer(remote, options, ({ metadata, limits, broken }, done) => {
      const call = grpc.makeClientStreamRequest(path, encode, decode, metadata, limits, done);
      sendAll(requests, call, broken);
      return call;
    });
}

/** One question, many answers. */
export function callServerStream(remote: Remote) {
  const { grpc, path, encode, decode } = partsOf(remote);
  return (request: unknown, options: CallOptions = {}) =>
    answers(remote, options, ({ metadata, limits }) =>
      grpc.makeServerStreamRequest(path, encode, decode, request, metadata, limits),
    );
}

/** Many questions, many answers. */
export function callBidi(remote: Remote) {
  const { grpc, path, encode, decode } = partsOf(remote);
  return (requests: AsyncIterable<unknown>, options: CallOptions = {}) =>
    answers(remote, options, ({ metadata, limits, broken }) => {
      const call = grpc.makeBidiStreamRequest(path, encode, decode, metadata, limits);
      sendAll(requests, call, broken);
      return call;
    });
}

const partsOf = ({ channel: { grpc }, path, method: { requestType, responseType } }: Remote) => ({
  grpc,
  path,
  encode: (message: unknown): Buffer => toBuffer(requestType, message),
  decode: (bytes: Buffer): unknown => responseType.decode(bytes),
});

type Cancellable = EventEmitter & { cancel(): void };

/** What a call is started with. */
interface Start {
  readonly metadata: Metadata;
  readonly limits: GrpcOptions;
  /** To be told if the caller's own requests fail. */
  readonly broken: (error: unknown) => void;
}

type Done = (error: Error | null, response?: unknown) => void;

function oneAnswer(
  remote: Remote,
  options: CallOptions,
  start: (given: Start, done: Done) => Cancellable,
): Promise<unknown> {
  const failed = failureOf(remote, { ...options, timeoutMs: options.timeoutMs ?? unaryTimeoutMs });
  return new Promise((resolve, reject) => {
    let release = () => {};
    const done: Done = (error, response) => {
      release();
      if (error) reject(toClientError(error, failed));
      else resolve(response);
    };
    const call = started(failed, () => start(startOf(remote, failed, options), done));
    release = attach(call, options);
  });
}

async function* answers(
  remote: Remote,
  options: CallOptions,
  start: (given: Start) => ClientReadableStream<unknown>,
): AsyncGenerator<unknown, void, undefined> {
  const failed = failureOf(remote, options);
  const call = started(failed, () => start(startOf(remote, failed, options)));
  // The loop below reports errors; one that comes after it was left is the echo of its cancel.
  call.on('error', () => {});
  const release = attach(call, options);
  try {
    for await (const message of call) yield message as unknown;
  } catch (error) {
    throw toClientError(error, failed);
  } finally {
    release();
    call.cancel();
  }
}

const failureOf = ({ path, channel }: Remote, { timeoutMs, signal }: CallOptions): Failed => ({
  path,
  peer: channel.peer,
  timeoutMs,
  signal,
});

const startOf = ({ channel }: Remote, failed: Failed, options: CallOptions): Start => ({
  metadata: metadataOf(options, channel),
  limits: failed.timeoutMs === undefined ? {} : { deadline: Date.now() + failed.timeoutMs },
  broken: (error) => (failed.requests ??= { error }),
});

/** grpc-js throws where the channel is closed. */
function started<T>(failed: Failed, start: () => T): T {
  if (failed.signal?.aborted) throw toClientError(undefined, failed);
  try {
    return start();
  } catch (cause) {
    throw new ApiError('Unavailable', `${failed.path}: the channel to ${failed.peer} is closed`, { cause });
  }
}

/** Ties a call to the caller's signal and ear; what it returns unties the signal. */
function attach(call: Cancellable, { signal, onWarning }: CallOptions): () => void {
  if (onWarning) {
    const report = (metadata: Metadata) =>
      metadata.get(warningKey).forEach((text) => onWarning(text.toString()));
    call.on('metadata', report).on('status', ({ metadata }: { metadata: Metadata }) => report(metadata));
  }
  if (!signal) return () => {};
  const cancel = () => call.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return () => signal.removeEventListener('abort', cancel);
}

function metadataOf({ headers }: CallOptions, { token }: Channel): Metadata {
  const metadata = new Metadata();
  if (token) metadata.set('authorization', `Bearer ${token()}`);
  for (const [name, value] of Object.entries(headers ?? {})) metadata.set(name, value);
  return metadata;
}

/** Sends what the caller has to say, as fast as the server takes it; when the call ends, the caller's iterator does. */
function sendAll(
  requests: AsyncIterable<unknown>,
  call: Cancellable & Sink<unknown> & { end(): void },
  broken: (error: unknown) => void,
): void {
  const fail = (error: unknown) => {
    broken(error);
    call.cancel();
  };
  const pumping = pump(requests, (request) => request, { sink: call, late: broken });
  const over = new ApiError('Cancelled', 'the call has ended');
  pumping.done.then(
    () => call.end(),
    (error: unknown) => error === over || fail(error),
  );
  call.on('status', () => pumping.stop(over));
}
