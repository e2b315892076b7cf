import { Client as GrpcClient, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { ApiError, GetRequest, invalid, Namespace, NamespacesDefinition } from '@own-kube/api';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Call } from './call';
import { createChannel } from './channel';
import { createClient } from './client';
import { asIs } from './encoded';
import { service } from './service';
import { type Running, useServers } from './testing/fixture';
import { aNamespace, type NamespaceHandlers, namespaceHandlers } from './testing/namespaces';
import { deferred, failureOf } from './testing/promises';
import type { Around } from './types';

const start = useServers();
const serving = async (handlers: Partial<NamespaceHandlers>, around?: Around) => {
  const services = [service(NamespacesDefinition, namespaceHandlers(handlers))];
  const server = await start({ services, around });
  return { server, client: server.client(NamespacesDefinition) };
};

/** Sends bytes that no client of ours would. */
async function sendRaw(server: Running, bytes: Buffer, path = '/ownkube.core.v1.Namespaces/Create') {
  const client = new GrpcClient(server.address, credentials.createInsecure());
  try {
    return await new Promise<ServiceError | null>((resolve) => {
      client.makeUnaryRequest(path, asIs, asIs, bytes, new Metadata(), {}, resolve);
    });
  } finally {
    client.close();
  }
}

describe('a unary call', () => {
  test('that the caller cancels aborts the signal', async () => {
    const begun = deferred();
    const reason = deferred<unknown>();
    const { client, server } = await serving({
      get: async (_request, { signal }) => {
        begun.resolve();
        await once(signal, 'abort');
        reason.resolve(signal.reason);
        signal.throwIfAborted();
        return aNamespace('a');
      },
    });
    const cancel = new AbortController();
    const call = failureOf(client.get({}, { signal: cancel.signal }));
    await begun.promise;
    cancel.abort();
    expect(await call).toMatchObject({ code: 'Cancelled' });
    expect(await reason.promise).toMatchObject({ code: 'Cancelled' });
    expect(server.log.lines).toEqual([]);
  });

  test('with a signal that is aborted already is not made', async () => {
    const { client } = await serving({});
    const signal = AbortSignal.abort(new Error('too late'));
    expect(await failureOf(client.get({}, { signal }))).toMatchObject({
      code: 'Cancelled',
      cause: new Error('too late'),
    });
  });

  test('that takes too long says who did not answer what', async () => {
    const aborted = deferred<unknown>();
    const { client, server } = await serving({
      get: async (_request, { signal }) => {
        await once(signal, 'abort');
        aborted.resolve(signal.reason);
        return aNamespace('a');
      },
    });
    expect(await failureOf(client.get({}, { timeoutMs: 50 }))).toMatchObject({
      code: 'DeadlineExceeded',
      message: `the server at ${server.address} did not answer /ownkube.core.v1.Namespaces/Get within 0.05 s`,
    });
    await aborted.promise;
  });

  test('has ten seconds if it is not said how long', async () => {
    const left = deferred<number>();
    const { client } = await serving({
      get: async (_request, ctx) => {
        left.resolve(Number((ctx as Call).grpc.getDeadline()) - Date.now());
        return aNamespace('a');
      },
    });
    await client.get({}, { timeoutMs: undefined });
    expect(Math.abs((await left.promise) - 10_000)).toBeLessThan(5_000);
  });

  test('carries headers there and warnings back', async () => {
    const { client } = await serving({
      create: async (namespace, ctx) => {
        ctx.warn(`spec.x is not acted on, ${ctx.header('who')}`);
        ctx.warn('ä🙂');
        return namespace;
      },
    });
    const warnings: string[] = [];
    const onWarning = (text: string) => warnings.push(text);
    await client.create(aNamespace('a'), { headers: { who: 'me' }, onWarning });
    expect(warnings).toEqual(['spec.x is not acted on, me', 'ä🙂']);
  });

  test('brings warnings with an error too', async () => {
    const { client } = await serving({
      create: async (_namespace, ctx) => {
        ctx.warn('look');
        throw new ApiError('Conflict', 'no');
      },
    });
    const warnings: string[] = [];
    const call = client.create(aNamespace('a'), { onWarning: (text) => warnings.push(text) });
    expect(await failureOf(call)).toMatchObject({ code: 'Conflict' });
    expect(warnings).toEqual(['look']);
  });

  test('goes through `around`, which may refuse it', async () => {
    const seen: string[] = [];
    const { client } = await serving({}, async (ctx, next) => {
      seen.push(ctx.method);
      if (ctx.header('pass') !== 'yes') throw new ApiError('PermissionDenied', 'may not');
      return next();
    });
    expect(await failureOf(client.get({ name: 'default' }))).toMatchObject({ code: 'PermissionDenied' });
    await client.get({ name: 'default' }, { headers: { pass: 'yes' } });
    expect(seen).toEqual(Array(2).fill('/ownkube.core.v1.Namespaces/Get'));
  });

  test('of a megabyte there and back', async () => {
    const { client } = await serving({});
    const big = Namespace.fromPartial({ metadata: { annotations: { a: 'x'.repeat(5_000_000) } } });
    expect(await client.create(big)).toEqual(big);
  });

  test('whose answer cannot be encoded is our error, and logged', async () => {
    const { client, server } = await serving({ get: async () => ({ metadata: 5 }) as unknown as Namespace });
    expect(await failureOf(client.get({}))).toMatchObject({ code: 'Internal' });
    expect(server.log.lines).toHaveLength(1);
  });

  test('whose error has text that no header can carry still arrives', async () => {
    const { client } = await serving({
      create: async () => {
        throw invalid('Namespace "\ud800 ä\n"', [{ field: '\udc00', description: '%41' }]);
      },
    });
    expect(await failureOf(client.create(aNamespace('a')))).toMatchObject({
      code: 'Invalid',
      message: 'Namespace "\ufffd ä\n" is invalid: \ufffd: %41',
      violations: [{ field: '\ufffd', description: '%41' }],
    });
  });

  test('of a method that is not there says so', async () => {
    const { server } = await serving({});
    const error = await sendRaw(server, Buffer.alloc(0), '/ownkube.core.v1.Namespaces/Nothing');
    expect(error).toMatchObject({ code: 12 });
  });
});

describe('garbage', () => {
  test('in place of a message is the caller’s mistake', async () => {
    const { server } = await serving({});
    expect(await sendRaw(server, Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]))).toMatchObject({
      code: 3,
      details: expect.stringMatching(
        /^the request of \/ownkube\.core\.v1\.Namespaces\/Create cannot be decoded: /,
      ),
    });
  });

  test('of any kind leaves the server as it was', async () => {
    const { server, client } = await serving({});
    for (let i = 0; i < 50; i++) {
      const error = await sendRaw(server, randomBytes(i * 10));
      expect([undefined, 3]).toContain(error?.code);
    }
    expect(server.log.lines).toEqual([]);
    await client.create(aNamespace('a'));
  });

  test('that a decode names is said in its words', async () => {
    const strict = {
      ...NamespacesDefinition,
      methods: {
        ...NamespacesDefinition.methods,
        get: {
          ...NamespacesDefinition.methods.get,
          requestType: {
            ...GetRequest,
            decode: (): GetRequest => {
              throw invalid('the request', [{ field: 'spec.x', description: 'unknown' }]);
            },
          },
        },
      },
    };
    const server = await start({ services: [service(strict, namespaceHandlers())] });
    expect(await failureOf(server.client(NamespacesDefinition).get({ name: 'a' }))).toMatchObject({
      code: 'Invalid',
      violations: [{ field: 'spec.x', description: 'unknown' }],
    });
  });
});

describe('a server that is not there', () => {
  const call = (address: string, name?: string) => {
    const channel = createChannel({ address, name });
    return failureOf(createClient(NamespacesDefinition, channel).get({})).finally(() => channel.close());
  };

  test('is named, with what to look at', async () => {
    const server = await start({});
    server.stop();
    await server.closed;
    expect(await call(server.address, 'the api-server')).toMatchObject({
      code: 'Unavailable',
      message: `the api-server at ${server.address} does not answer: connection refused; is it running there?`,
    });
  });

  test('on a unix socket, too', async () => {
    expect(await call('unix:///tmp/no-such-socket', 'the proxy')).toMatchObject({
      code: 'Unavailable',
      message:
        'the proxy at unix:///tmp/no-such-socket does not answer: there is no such socket; is it running?',
    });
  });

  test('under a name that does not resolve', async () => {
    expect(await call('no-such-host.invalid:1')).toMatchObject({
      code: 'Unavailable',
      message: expect.stringContaining('the name does not resolve'),
    });
  });

  test('is found again when it is back', async () => {
    const first = await start({ services: [service(NamespacesDefinition, namespaceHandlers())] });
    const client = first.client(NamespacesDefinition);
    await client.create(aNamespace('a'));
    first.stop();
    await first.closed;
    expect(await failureOf(client.create(aNamespace('b')))).toMatchObject({ code: 'Unavailable' });
    await start({ listen: first.address, services: [service(NamespacesDefinition, namespaceHandlers())] });
    let answer: Namespace | undefined;
    while (!answer) {
      answer = await client.create(aNamespace('c')).catch((error: ApiError) => {
        if (error.code !== 'Unavailable') throw error;
        return undefined;
      });
    }
    expect(answer.metadata?.name).toBe('c');
  });

  test('because its channel is closed', async () => {
    const server = await start({ services: [service(NamespacesDefinition, namespaceHandlers())] });
    const channel = server.channel();
    channel.close();
    expect(await failureOf(createClient(NamespacesDefinition, channel).get({}))).toMatchObject({
      code: 'Unavailable',
      message: expect.stringContaining('is closed'),
    });
  });
});
