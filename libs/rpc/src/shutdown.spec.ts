import { NamespaceEvent, NamespacesDefinition } from '@own-kube/api';
import { link, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from './server';
import { service } from './service';
import { recordedLog, useServers } from './testing/fixture';
import { aNamespace, type NamespaceHandlers, namespaceHandlers } from './testing/namespaces';
import { deferred, failureOf } from './testing/promises';

const start = useServers();
const services = (handlers: Partial<NamespaceHandlers> = {}) => [
  service(NamespacesDefinition, namespaceHandlers(handlers)),
];

describe('a shutdown', () => {
  test('ends open streams with Unavailable, so that their callers resume', async () => {
    const server = await start({
      services: services({
        watch: async function* (_request, { signal }) {
          yield NamespaceEvent.fromPartial({ type: 'ADDED' });
          await once(signal, 'abort');
        },
      }),
    });
    const streams = Array.from({ length: 20 }, () => server.client(NamespacesDefinition).watch({}));
    for (const stream of streams) await stream.next();
    server.stop();
    for (const stream of streams) {
      expect(await failureOf(stream.next())).toMatchObject({
        code: 'Unavailable',
        message: `the server at ${server.address} is unavailable: it is shutting down; call again`,
      });
    }
    await server.closed;
  });

  test('waits for calls that are about to end', async () => {
    const begun = deferred();
    const finish = deferred();
    const server = await start({
      graceMs: 60_000,
      services: services({
        create: async (namespace) => {
          begun.resolve();
          await finish.promise;
          return namespace;
        },
      }),
    });
    const call = server.client(NamespacesDefinition).create(aNamespace('a'));
    await begun.promise;
    server.stop();
    finish.resolve();
    expect((await call).metadata?.name).toBe('a');
    await server.closed;
  });

  test('ends calls that are not', async () => {
    const begun = deferred();
    const server = await start({
      graceMs: 10,
      services: services({
        create: async (namespace, { signal }) => {
          begun.resolve();
          await once(signal, 'abort');
          signal.throwIfAborted();
          return namespace;
        },
      }),
    });
    const call = failureOf(server.client(NamespacesDefinition).create(aNamespace('a')));
    await begun.promise;
    server.stop();
    expect(await call).toMatchObject({ code: 'Unavailable' });
    await server.closed;
  });

  test('is not held up by a handler that never ends, nor by a connection that says nothing', async () => {
    const begun = deferred();
    const server = await start({
      graceMs: 10,
      services: services({
        create: () => {
          begun.resolve();
          return new Promise(() => {});
        },
      }),
    });
    const silent = connect(server.port, '127.0.0.1').on('error', () => {});
    await once(silent, 'connect');
    const call = failureOf(server.client(NamespacesDefinition).create(aNamespace('a')));
    await begun.promise;
    server.stop();
    await server.closed;
    expect(await call).toMatchObject({ code: 'Unavailable' });
    silent.destroy();
  });

  test('before the start is a failure to start', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    const failed = serve({ listen: '127.0.0.1:0', services: [], log: recordedLog(), signal });
    expect(await failureOf(failed)).toEqual(new Error('stopped'));
  });
});

describe('an address', () => {
  test('that is taken is named', async () => {
    const { address } = await start({});
    expect((await failureOf(start({ listen: address }))).message).toMatch(
      new RegExp(`^cannot listen on ${address}: .*EADDRINUSE`),
    );
  });
});

describe('a unix socket', () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rpc-'));
    path = join(dir, 'proxy.sock');
  });
  afterEach(() => rm(dir, { recursive: true }));

  test('serves its owner alone, and is gone with the server', async () => {
    const server = await start({ listen: `unix://${path}`, services: services() });
    expect(server).toMatchObject({ address: `unix://${path}`, port: 0 });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual(['proxy.sock']);
    expect((await server.client(NamespacesDefinition).create(aNamespace('a'))).metadata?.name).toBe('a');
    server.stop();
    await server.closed;
    expect(await readdir(dir)).toEqual([]);
  });

  test('takes the place of one that a killed process left', async () => {
    const left = createServer().listen(`${path}.old`);
    await once(left, 'listening');
    // A link keeps the file when its server closes, as a kill would.
    await link(`${path}.old`, path);
    await new Promise((closed) => left.close(closed));
    const server = await start({ listen: `unix://${path}`, services: services() });
    await server.client(NamespacesDefinition).create(aNamespace('a'));
  });

  test('that another process answers is left to it', async () => {
    const first = await start({ listen: `unix://${path}`, services: services() });
    expect((await failureOf(start({ listen: `unix://${path}` }))).message).toBe(
      `another process serves on ${path} already`,
    );
    await first.client(NamespacesDefinition).create(aNamespace('a'));
  });

  test('that another process has taken over stays', async () => {
    const first = await start({ listen: `unix://${path}`, services: services() });
    await rm(path);
    const second = await start({ listen: `unix://${path}`, services: services() });
    first.stop();
    await first.closed;
    await second.client(NamespacesDefinition).create(aNamespace('a'));
  });

  test('in a folder that is not there fails with the path', async () => {
    const failed = start({ listen: `unix://${dir}/none/x.sock` });
    expect((await failureOf(failed)).message).toBe(`cannot make a socket in ${dir}/none`);
  });

  test('with a path that is too long fails before it is cut off', async () => {
    const failed = start({ listen: `unix://${dir}/${'x'.repeat(100)}` });
    expect((await failureOf(failed)).message).toMatch(/is too long: at most 98 bytes fit$/);
  });
});
