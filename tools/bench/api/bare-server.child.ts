/**
 * The baseline: a server of bare @grpc/grpc-js with the same TLS, which answers with what it was once given.
 *   Set    unary: the bytes to answer with from now on
 *   Echo   unary: those bytes
 *   Bulk   stream: those bytes as one message
 *   Open   stream: stays open, and gets what Push pushes
 *   Push   unary: those bytes once to every open stream
 */
import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { readFileSync } from 'node:fs';

type Unary = (call: ServerUnaryCall<Buffer, Buffer>, respond: sendUnaryData<Buffer>) => void;
type Streaming = (call: ServerWritableStream<Buffer, Buffer>) => void;

const asIs = (bytes: Buffer): Buffer => bytes;
const method = (name: string, responseStream: boolean) => ({
  path: `/bench.Bare/${name}`,
  requestStream: false,
  responseStream,
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
});

let prepared: Buffer = Buffer.alloc(0);
const open = new Set<ServerWritableStream<Buffer, Buffer>>();

const set: Unary = ({ request }, respond) => {
  prepared = Buffer.from(request);
  respond(null, Buffer.alloc(0));
};
const echo: Unary = (_call, respond) => respond(null, prepared);
const push: Unary = (_call, respond) => {
  for (const stream of open) stream.write(prepared);
  respond(null, Buffer.alloc(0));
};
const bulk: Streaming = (stream) => {
  stream.write(prepared);
  stream.end();
};
const opened: Streaming = (stream) => {
  open.add(stream);
  stream.on('cancelled', () => open.delete(stream));
  stream.sendMetadata(new (stream.metadata.constructor as new () => typeof stream.metadata)());
};

const [ca, cert, key] = process.argv.slice(2).map((path) => readFileSync(path));
const server = new Server({ 'grpc.max_receive_message_length': 64 << 20, 'grpc.enable_channelz': 0 });
server.addService(
  {
    set: method('Set', false),
    echo: method('Echo', false),
    push: method('Push', false),
    bulk: method('Bulk', true),
    open: method('Open', true),
  },
  { set, echo, push, bulk, open: opened },
);
const credentials = ServerCredentials.createSsl(ca!, [{ cert_chain: cert!, private_key: key! }], true);
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
