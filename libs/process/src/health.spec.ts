import { Writable } from 'node:stream';
import { Counter, Registry } from 'prom-client';
import { serveHealth } from './health';
import { createLogger } from './logger';

const log = createLogger({
  component: 'test',
  level: 'error',
  output: new Writable({ write: (_chunk, _encoding, done) => done() }),
});

describe('serveHealth', () => {
  const stop = new AbortController();
  let problem: string | undefined;
  let base: string;
  let closed: Promise<void>;
  const registry = new Registry();

  beforeAll(async () => {
    new Counter({ name: 'pods_started_total', help: 'Pods.', registers: [registry] }).inc(3);
    const server = await serveHealth({
      listen: '127.0.0.1:0',
      checks: { etcd: () => problem, self: () => undefined },
      registry,
      log,
      signal: stop.signal,
    });
    base = `http://127.0.0.1:${server.port}`;
    closed = server.closed;
  });

  test('/healthz is 200 while all is well, 503 with the reasons otherwise', async () => {
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    problem = 'no answer for 10 s';
    const response = await fetch(`${base}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('etcd: no answer for 10 s\n');
  });

  test("/metrics has our metrics and the process's", async () => {
    const text = await (await fetch(`${base}/metrics`)).text();
    expect(text).toContain('pods_started_total 3');
    expect(text).toContain('process_resident_memory_bytes');
  });

  test('anything else is refused', async () => {
    expect((await fetch(`${base}/`)).status).toBe(404);
    expect((await fetch(`${base}/healthz`, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  test('a port that is taken is named', async () => {
    await expect(
      serveHealth({ listen: base.slice(7), checks: {}, registry: new Registry(), log, signal: stop.signal }),
    ).rejects.toThrow(/^Cannot serve health on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
  });

  test.each(['localhost', '1.2.3.4:99999', 'a:b'])('"%s" is not an address', async (listen) => {
    await expect(
      serveHealth({ listen, checks: {}, registry: new Registry(), log, signal: stop.signal }),
    ).rejects.toThrow(`"${listen}" is not host:port`);
  });

  test('ends with the signal', async () => {
    stop.abort();
    await closed;
    await expect(fetch(`${base}/healthz`)).rejects.toThrow();
  });
});
