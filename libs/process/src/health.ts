import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { collectDefaultMetrics, type Registry } from 'prom-client';
import type { Logger } from './logger';

/** What a process says of its health. */
export interface HealthOptions {
  /** host:port; port 0 takes a free one. */
  readonly listen: string;
  /** By name: undefined when well, else what is wrong. Called for every request, so they only look at memory. */
  readonly checks: Readonly<Record<string, () => string | undefined>>;
  /** The metrics. Those of the process itself are added to it. */
  readonly registry: Registry;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** A health endpoint that listens. */
export interface HealthServer {
  readonly host: string;
  readonly port: number;
  /** Resolves when the signal was aborted and the port is free again. */
  readonly closed: Promise<void>;
}

/**
 * Serves GET /healthz (200, or 503 with a line for each check that fails) and GET /metrics (Prometheus) until the
 * signal is aborted. Resolves when it listens; rejects with a sentence that names the address when it cannot.
 */
export async function serveHealth({
  listen,
  checks,
  registry,
  log,
  signal,
}: HealthOptions): Promise<HealthServer> {
  addProcessMetrics(registry);
  const server = createServer((request, response) => {
    answer(request, response, { checks, registry }).catch((error: unknown) => {
      log.error('a health request failed', { url: request.url, error });
      response.writeHead(500).end();
    });
  });
  server.listen(parseListen(listen));
  try {
    await once(server, 'listening', { signal });
  } catch (error) {
    server.close();
    throw new Error(`Cannot serve health on ${listen}: ${(error as Error).message}`, { cause: error });
  }
  const closed = once(server, 'close').then(() => undefined);
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const { address, port } = server.address() as AddressInfo;
  log.info('serving health and metrics', { address: `${address}:${port}` });
  return { host: address, port, closed };
}

async function answer(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  { checks, registry }: Pick<HealthOptions, 'checks' | 'registry'>,
): Promise<void> {
  const path = url?.split('?')[0];
  if (method !== 'GET' && method !== 'HEAD') send(response, 405, 'only GET\n');
  else if (path === '/healthz') {
    const problems = failing(checks);
    send(response, problems.length > 0 ? 503 : 200, problems.length > 0 ? problems.join('') : 'ok\n');
  } else if (path === '/metrics') send(response, 200, await registry.metrics(), registry.contentType);
  else send(response, 404, 'there is /healthz and /metrics\n');
}

const failing = (checks: HealthOptions['checks']): string[] =>
  Object.entries(checks).flatMap(([name, check]) => {
    const problem = check();
    return problem === undefined ? [] : [`${name}: ${problem}\n`];
  });

function send(
  response: ServerResponse,
  status: number,
  body: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** "0.0.0.0:8080", "[::1]:8080" or ":8080". */
function parseListen(listen: string): { host?: string; port: number } {
  const match = /^(?:\[(?<v6>[^\]]*)\]|(?<host>[^:]*)):(?<port>\d+)$/.exec(listen);
  const port = Number(match?.groups?.port);
  if (!match || port > 65535) throw new Error(`"${listen}" is not host:port, as 127.0.0.1:8080.`);
  const host = match.groups?.v6 ?? match.groups?.host;
  return { ...(host ? { host } : {}), port };
}

function addProcessMetrics(registry: Registry): void {
  if (!registry.getSingleMetric('process_start_time_seconds')) collectDefaultMetrics({ register: registry });
}
