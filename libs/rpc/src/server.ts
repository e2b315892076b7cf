import {
  Server,
  type ServerCredentials,
  type ServiceDefinition as GrpcService,
  type UntypedHandleCall,
} from '@grpc/grpc-js';
import { ApiError } from '@own-kube/api';
import { createCalls, type Calls } from './calls';
import { serverCredentials } from './credentials';
import { pathOf } from './definition';
import { asIs } from './encoded';
import { hostMethod, type Hosting } from './handlers';
import { createHealth } from './health';
import { reflectionServices } from './reflection';
import type { Service } from './service';
import type { Around, IdentifyToken, Log, TlsFiles } from './types';
import { prepareUnixSocket } from './unix-socket';

/** What to serve, and where. */
export interface ServeOptions {
  /** "host:port" (port 0: any free one) or "unix:///absolute/path". */
  readonly listen: string;
  /** With it, nobody gets in without a certificate of this CA; a TCP port without it is open to all. */
  readonly tls?: TlsFiles | undefined;
  /** Accepts `authorization: Bearer`: then everyone gets in, and calls without certificate and token have no identity. */
  readonly tokens?: IdentifyToken | undefined;
  /** The largest request, in bytes. Default 64 MiB. */
  readonly maxRequestBytes?: number | undefined;
  readonly services: readonly Service[];
  /** Wraps every call of `services`; health and reflection are outside of it. */
  readonly around?: Around | undefined;
  /** A FileDescriptorSet: serves reflection of those services in it that are served here. */
  readonly reflection?: Uint8Array | undefined;
  readonly log: Log;
  /** Its abort shuts the server down. */
  readonly signal: AbortSignal;
  /** How long unary calls may take to end at shutdown, in milliseconds. Default 2000. */
  readonly graceMs?: number | undefined;
}

/** A server that listens. */
export interface Serving {
  /** As a client takes it: "127.0.0.1:6443", "unix:///run/own-kube/proxy.sock". */
  readonly address: string;
  /** 0 for a unix socket. */
  readonly port: number;
  /** Resolves when the shutdown is over. */
  readonly closed: Promise<void>;
}

const defaultMaxRequestBytes = 64 << 20;

const serverOptions = {
  // A caller whose machine is gone is noticed, and its watches end.
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.enable_channelz': 0,
};

/** Serves until the signal aborts. Resolves when the address is bound, rejects when it cannot be. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { listen, tls, tokens, services, around, reflection, log, signal, graceMs = 2000 } = options;
  const { maxRequestBytes = defaultMaxRequestBytes } = options;
  signal.throwIfAborted();
  const server = new Server({ ...serverOptions, 'grpc.max_receive_message_length': maxRequestBytes });
  const calls = createCalls({ around, tokens, log });
  const health = createHealth(services.map(({ definition }) => definition.fullName));
  const [open, shown] = [createCalls({ log }), createCalls({ around: tokens && withIdentity, tokens, log })];
  for (const service of services) addService(server, service, calls);
  addService(server, health.service, open);
  for (const service of reflection ? reflectionServices(reflection, services) : [])
    addService(server, service, shown);

  const bound = await bind(server, listen, serverCredentials(tls, tokens ? 'all' : 'with certificate'));
  const closed = aborted(signal).then(async () => {
    health.stop();
    await shutDown(server, { target: bound.target, calls: [calls, open, shown], graceMs });
    await bound.remove();
  });
  return { address: bound.address, port: bound.port, closed };
}

/** Where everyone gets in, what is served here is shown only to who says who they are. */
const withIdentity: Around = async (ctx, next) => {
  if (!ctx.identity)
    throw new ApiError('Unauthenticated', 'Say who you are: show a certificate of the cluster, or a token.');
  return next();
};

function addService(server: Server, { definition, handlers }: Service, hosting: Hosting): void {
  const grpcService: Record<string, GrpcService[string]> = {};
  const hosted: Record<string, UntypedHandleCall> = {};
  for (const [name, method] of Object.entries(definition.methods)) {
    const handler = handlers[name];
    if (!handler) throw new Error(`${definition.fullName} has no handler for ${method.name}`);
    const path = pathOf(definition, method);
    const { requestStream, responseStream } = method;
    const codecs = {
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    };
    grpcService[name] = { path, requestStream, responseStream, ...codecs };
    hosted[name] = hostMethod(path, method, handler, hosting);
  }
  server.addService(grpcService, hosted);
}

interface Bound {
  readonly address: string;
  readonly port: number;
  /** As grpc-js knows it. */
  readonly target: string;
  remove(): Promise<void>;
}

async function bind(server: Server, listen: string, credentials: ServerCredentials): Promise<Bound> {
  const bindTo = (target: string) =>
    new Promise<number>((resolve, reject) => {
      server.bindAsync(target, credentials, (error, port) =>
        error
          ? reject(new Error(`cannot listen on ${listen}: ${error.message}`, { cause: error }))
          : resolve(port),
      );
    });
  if (!listen.startsWith('unix://')) {
    const port = await bindTo(listen);
    const address = `${listen.slice(0, listen.lastIndexOf(':'))}:${port}`;
    return { address, port, target: address, remove: async () => {} };
  }
  const socket = await prepareUnixSocket(listen.slice('unix://'.length));
  const target = `unix://${socket.bindPath}`;
  try {
    await bindTo(target);
    await socket.publish();
  } catch (error) {
    await socket.remove();
    throw error;
  }
  return { address: listen, port: 0, target, remove: () => socket.remove() };
}

/** What a caller gets to read its status, once everything has been answered. */
const lastReadMs = 250;

/** Streams are told to come back, unary calls may end, and then all that is left is cut off. */
async function shutDown(
  server: Server,
  { target, calls, graceMs }: { target: string; calls: Calls[]; graceMs: number },
): Promise<void> {
  const { promise: drained, resolve } = Promise.withResolvers<void>();
  server.tryShutdown(() => resolve());
  calls.forEach((each) => each.endStreams());
  const cut = setTimeout(() => {
    calls.forEach((each) => each.endAll());
    // Without channelz forceShutdown knows of no connection; drain does.
    server.drain(target, lastReadMs);
  }, graceMs);
  // A connection that is still shaking hands is not one that drain knows of.
  const late = setTimeout(resolve, graceMs + 2 * lastReadMs);
  await drained;
  clearTimeout(cut);
  clearTimeout(late);
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
