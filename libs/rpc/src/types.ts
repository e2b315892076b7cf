import type { MethodDefinition, RequestOf, ResponseOf, ServiceDefinition } from './definition';
import type { Encoded } from './encoded';

/** The PEM files of one identity: the CA that it trusts, its certificate, its key. */
export interface TlsFiles {
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Who calls, by the subject of the certificate that the cluster's CA signed, or by a token. */
export interface Identity {
  /** The common name: "system:node:node-1". */
  readonly user: string;
  /** The organizations: "system:nodes". */
  readonly groups: readonly string[];
}

/** What a client connects with: the CA that it trusts, and its certificate and key if it has them. */
export type ClientTls = Pick<TlsFiles, 'ca'> & Partial<Pick<TlsFiles, 'cert' | 'key'>>;

/** Whose a bearer token is. An ApiError that it throws says to the caller why it is nobody's. */
export type IdentifyToken = (token: string) => Identity;

/** What a handler may know of its call. */
export interface CallContext {
  /** Aborts when the caller cancels or goes away, at the caller's deadline, and when the server shuts down. */
  readonly signal: AbortSignal;
  /** "/ownkube.core.v1.Pods/Create" */
  readonly method: string;
  /**
   * Undefined on a unix socket, and for a certificate whose subject is not one common name. Where tokens are accepted
   * it is a call's without a certificate by its token, and throws where that is not valid.
   */
  readonly identity?: Identity | undefined;
  /** The first value of a header, by its lower-case name. */
  header(name: string): string | undefined;
  /** Tells the caller something about a request that is served nevertheless. */
  warn(text: string): void;
}

type Handler<M extends MethodDefinition> = (
  request: M['requestStream'] extends true ? AsyncIterable<RequestOf<M>> : RequestOf<M>,
  ctx: CallContext,
) => M['responseStream'] extends true
  ? AsyncIterable<ResponseOf<M> | Encoded>
  : Promise<ResponseOf<M> | Encoded>;

/**
 * One async function for each method; where the method streams its answers, one that returns an async iterable (an
 * `async function*`, say), whose `return()` is called when the caller has had enough.
 */
export type Handlers<D extends ServiceDefinition> = {
  readonly [K in keyof D['methods']]: Handler<D['methods'][K]>;
};

/** Wraps every call of a server: authorisation, metrics. Of a stream, `next` ends when the stream does. */
export type Around = <T>(ctx: CallContext, next: () => Promise<T>) => Promise<T>;

/** What this lib asks of a logger; winston's is one. */
export interface Log {
  info(message: string, fields?: object): unknown;
  warn(message: string, fields?: object): unknown;
  error(message: string, fields?: object): unknown;
}
