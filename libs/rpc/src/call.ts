import { Metadata, type ServerUnaryCall } from '@grpc/grpc-js';
import { ApiError } from '@own-kube/api';
import type { EventEmitter } from 'node:events';
import { sizeInHeader } from './header-text';
import type { PeerCall } from './identity';
import type { CallContext, Identity } from './types';

/** What all four kinds of grpc-js' server calls have in common, as far as we use it. */
export type GrpcCall = PeerCall &
  Pick<ServerUnaryCall<Buffer, Buffer>, 'metadata' | 'getDeadline' | 'sendMetadata'> &
  EventEmitter;

/** The header that carries warnings, as UTF-8. */
export const warningKey = 'own-kube-warning-bin';

// Clients built on gRPC's C core refuse headers above 8 KiB.
const maxWarnings = 4096;

/**
 * One call that is being served. Everything that most calls never ask for (the signal, the identity, the warnings) is
 * made when it is asked for.
 */
export class Call implements CallContext {
  /** Told of the abort after the signal is; set by who answers the call. */
  onAbort: ((reason: ApiError) => void) | undefined;

  #reason: ApiError | undefined;
  #ended = false;
  #controller: AbortController | undefined;
  #warnings: string[] | undefined;

  constructor(
    readonly method: string,
    readonly grpc: GrpcCall,
    private readonly identities: (call: GrpcCall) => Identity | undefined,
    private readonly open: Set<Call>,
  ) {
    open.add(this);
    // Also emitted after the status was sent, when there is nothing left to abort.
    grpc.on('cancelled', () => this.abort(this.#whyCancelled()));
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  get identity(): Identity | undefined {
    return this.identities(this.grpc);
  }

  /** Why the call was aborted, if it was. */
  get aborted(): ApiError | undefined {
    return this.#reason;
  }

  header(name: string): string | undefined {
    return this.grpc.metadata.get(name)[0]?.toString();
  }

  warn(text: string): void {
    (this.#warnings ??= []).push(text);
  }

  /** Ends the handler's work: the caller is gone, or the server is going. */
  abort(reason: ApiError): void {
    if (this.#ended || this.#reason) return;
    this.#reason = reason;
    this.#controller?.abort(reason);
    this.onAbort?.(reason);
  }

  /** Whether it was answered, so that nothing is left to say or to abort. */
  get ended(): boolean {
    return this.#ended;
  }

  /** It is answered. */
  end(): void {
    this.#ended = true;
    this.open.delete(this);
  }

  /** The warnings that were not sent yet, as metadata. */
  takeWarnings(): Metadata | undefined {
    if (!this.#warnings) return undefined;
    const metadata = new Metadata();
    let left = maxWarnings;
    for (const text of this.#warnings) {
      left -= sizeInHeader(text);
      if (left < 0) break;
      metadata.add(warningKey, Buffer.from(text));
    }
    this.#warnings = undefined;
    return metadata;
  }

  /** Sends the warnings ahead of the first message. */
  sendWarnings(): void {
    const metadata = this.takeWarnings();
    if (metadata) this.grpc.sendMetadata(metadata);
  }

  #whyCancelled(): ApiError {
    const late = Number(this.grpc.getDeadline()) <= Date.now();
    return late
      ? new ApiError('DeadlineExceeded', `${this.method}: the caller's deadline has passed`)
      : new ApiError('Cancelled', `${this.method}: the caller has cancelled or gone away`);
  }
}
