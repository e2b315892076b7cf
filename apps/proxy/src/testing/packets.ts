/** Packets for tests. */
import { eventually, type NetworkNamespace } from '@own-kube/testing';

/** How to ping. */
export interface PingOptions {
  /** Bytes of payload. */
  readonly size?: number;
  readonly dontFragment?: boolean;
  /** Try again for so long. */
  readonly withinMs?: number;
}

/** Pings once, and fails with what ping says where no answer comes within a second. */
export async function ping(from: NetworkNamespace, ip: string, options: PingOptions = {}): Promise<void> {
  const { size = 56, dontFragment = false, withinMs = 0 } = options;
  const flags = ['-c', '1', '-W', '1', '-s', String(size), ...(dontFragment ? ['-M', 'do'] : [])];
  // What is refused locally, ping says on its standard output or error, as it likes.
  const once = () =>
    from.run(['sh', '-c', 'ping "$@" 2>&1 || { ping "$@" >&2; exit 1; }', 'ping', ...flags, ip]);
  await (withinMs ? eventually(once, { timeoutMs: withinMs }) : once());
}

/** Takes one TCP connection: resolves with what came, and from which address. */
export async function receive(at: NetworkNamespace, port: number): Promise<{ text: string; from: string }> {
  const script = `
    const server = require('net').createServer((socket) => {
      let text = '';
      socket.on('data', (data) => (text += data));
      socket.on('end', () => { console.log(JSON.stringify({ text, from: socket.remoteAddress })); socket.end(); server.close(); });
    });
    server.listen(${port}, '0.0.0.0');`;
  return JSON.parse(await at.run([process.execPath, '-e', script])) as { text: string; from: string };
}

/** Sends a text by one TCP connection, as soon as somebody listens. */
export async function send(from: NetworkNamespace, ip: string, port: number, text: string): Promise<void> {
  await eventually(() =>
    from.run(['socat', '-u', 'STDIN', `TCP:${ip}:${port},connect-timeout=2`], { input: text }),
  );
}

/** The error code of a TCP connection that is refused within a second: ARP would take three to give up. */
export async function refusal(from: NetworkNamespace, ip: string, port: number): Promise<string> {
  const script = `
    const socket = require('net').connect(${port}, '${ip}');
    socket.setTimeout(1000, () => { console.log('TIMEOUT'); process.exit(); });
    socket.on('error', (error) => { console.log(error.code); process.exit(); });`;
  return (await from.run([process.execPath, '-e', script])).trim();
}
