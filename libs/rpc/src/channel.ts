import { Client, type ChannelOptions } from '@grpc/grpc-js';
import { channelCredentials, serverNameOptions } from './credentials';
import type { ClientTls } from './types';

/** Where to connect to. */
export interface ConnectOptions {
  /** "host:port" or "unix:///absolute/path". */
  readonly address: string;
  /** Connects by TLS, and shows the certificate if there is one. */
  readonly tls?: ClientTls | undefined;
  /** The token that each call shows, read anew for each: tokens expire. */
  readonly token?: (() => string) | undefined;
  /** What answers there, for messages: "the api-server". Default "the server". */
  readonly name?: string | undefined;
  /** grpc-js options on top of ours. */
  readonly options?: ChannelOptions | undefined;
}

/**
 * One connection, made by the first call and made again when it is lost. Clients that share it share its window: give
 * bulk lists and watches one of their own.
 */
export interface Channel {
  readonly address: string;
  /** What answers, and where: "the api-server at 127.0.0.1:6443". */
  readonly peer: string;
  readonly grpc: Client;
  readonly token?: (() => string) | undefined;
  /** Ends it. Calls that still run fail with Unavailable. */
  close(): void;
}

const channelOptions: ChannelOptions = {
  'grpc.max_receive_message_length': 64 << 20,
  // The default of 64 KiB stalls big lists and busy watches at every round trip.
  'grpc-node.flow_control_window': 4 << 20,
  // A server whose machine is gone is noticed within half a minute, also when nothing is being asked.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.keepalive_permit_without_calls': 1,
  // A retry buffers what a stream has sent for as long as it lives; who calls decides what is called again.
  'grpc.enable_retries': 0,
  'grpc.enable_channelz': 0,
  // A channel is a connection: not shared with others, and closed by close().
  'grpc.use_local_subchannel_pool': 1,
  // The cluster's own traffic never goes by way of a proxy for the web.
  'grpc.enable_http_proxy': 0,
  'grpc.service_config_disable_resolution': 1,
  // A server that was restarted, under another address perhaps, is found again within seconds.
  'grpc.initial_reconnect_backoff_ms': 250,
  'grpc.max_reconnect_backoff_ms': 5_000,
  'grpc.dns_min_time_between_resolutions_ms': 1_000,
};

/** Makes a channel. Connects when it is first used. */
export function createChannel(connect: ConnectOptions): Channel {
  const { address, tls, token, name = 'the server', options } = connect;
  const host = hostOf(address);
  const all = { ...channelOptions, ...serverNameOptions(host), ...options };
  const grpc = new Client(address, channelCredentials(tls, host), all);
  return { address, peer: `${name} at ${address}`, grpc, token, close: () => grpc.close() };
}

/** "127.0.0.1:6443" -> "127.0.0.1", "[::1]:6443" -> "::1". */
const hostOf = (address: string): string => address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
