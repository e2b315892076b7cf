/** gRPC as async functions and async iterables: the only door to @grpc/grpc-js. */
export { createChannel, type Channel, type ConnectOptions } from './channel';
export { createClient, type CallOptions, type Client } from './client';
export type {
  AnyCodec,
  Codec,
  MethodDefinition,
  RequestOf,
  ResponseOf,
  ServiceDefinition,
} from './definition';
export { Encoded } from './encoded';
export { serve, type ServeOptions, type Serving } from './server';
export { service, type Service } from './service';
export type {
  Around,
  CallContext,
  ClientTls,
  Handlers,
  IdentifyToken,
  Identity,
  Log,
  TlsFiles,
} from './types';
