import { noop } from 'cockatiel';
import { Etcd3, KVClient, LeaseClient, WatchClient } from 'etcd3';

/** Where etcd is, and the certificates to show it. */
export interface EtcdOptions {
  /** "https://127.0.0.1:2379" */
  readonly endpoints: readonly string[];
  readonly tls?: { readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer };
  /** How long one call may take, in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
}

/**
 * etcd3's connections with its plain calls. Its own retries and circuit breaker are off: they repeat transactions and
 * keep failing for seconds after etcd is back. Its Watcher is not used: it resumes from the wrong revision, hides
 * compaction and throws into the void; the plain watch stream does none of that.
 */
export class EtcdClient extends Etcd3 {
  private readonly plainKv: KVClient;
  private readonly plainWatch: WatchClient;
  private readonly plainLeases: LeaseClient;

  constructor({ endpoints, tls, timeoutMs = 5_000 }: EtcdOptions) {
    super({
      hosts: [...endpoints],
      ...(tls ? { credentials: { rootCertificate: tls.ca, privateKey: tls.key, certChain: tls.cert } } : {}),
      faultHandling: { host: () => noop, global: noop },
      defaultCallOptions: ({ isStream }) => (isStream ? {} : { deadline: Date.now() + timeoutMs }),
      grpcOptions: {
        // A list of many objects is larger than the 4 MiB that grpc-js takes by default.
        'grpc.max_receive_message_length': -1,
        // Half-open connections are noticed in 13 seconds. etcd refuses pings more often than every 5.
        'grpc.keepalive_time_ms': 10_000,
        'grpc.keepalive_timeout_ms': 3_000,
        'grpc.keepalive_permit_without_calls': 1,
        // While etcd restarts, connect again soon rather than after grpc's two minutes.
        'grpc.initial_reconnect_backoff_ms': 100,
        'grpc.max_reconnect_backoff_ms': 1_000,
        'grpc.enable_channelz': 0,
      },
    });
    this.plainKv = new KVClient(this.pool);
    this.plainWatch = new WatchClient(this.pool);
    this.plainLeases = new LeaseClient(this.pool);
  }

  /** The calls of etcd's KV service, as they are. */
  get calls(): KVClient {
    return this.plainKv;
  }

  /** Makes a lease of so many seconds: what is put under it goes when it ends. Resolves to its id. */
  async grantLease(ttlSeconds: number): Promise<string> {
    return (await this.plainLeases.leaseGrant({ TTL: ttlSeconds })).ID;
  }

  /** Opens a stream of etcd's Watch service. */
  openWatch(): ReturnType<WatchClient['watch']> {
    return this.plainWatch.watch();
  }
}
