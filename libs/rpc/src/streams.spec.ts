import { ApiError, Namespace, NamespaceEvent, NamespacesDefinition } from '@own-kube/api';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { service } from './service';
import { recordedLog, useServers } from './testing/fixture';
import { aNamespace, namespaceHandlers, type NamespaceHandlers } from './testing/namespaces';
import { deferred, failureOf, take } from './testing/promises';
import type { ServiceDefinition } from './definition';
import type { Handlers } from './types';

/** Namespaces with streams both ways, which our API does not have yet. */
const chat = {
  fullName: 'test.Chat',
  methods: {
    talk: {
      name: 'Talk',
      requestType: Namespace,
      requestStream: true,
      responseType: NamespaceEvent,
      responseStream: true,
    },
    count: {
      name: 'Count',
      requestType: Namespace,
      requestStream: true,
      responseType: NamespaceEvent,
      responseStream: false,
    },
  },
} as const satisfies ServiceDefinition;

const anEvent = (type: string): NamespaceEvent => NamespaceEvent.fromPartial({ type });
const aBigEvent = (type: string): NamespaceEvent =>
  NamespaceEvent.fromPartial({ type, object: { metadata: { name: 'x'.repeat(100_000) } } });

const start = useServers();
const watching = async (watch: NamespaceHandlers['watch']) => {
  const server = await start({ services: [service(NamespacesDefinition, namespaceHandlers({ watch }))] });
  return { server, client: server.client(NamespacesDefinition) };
};
const chatting = async (handlers: Partial<Handlers<typeof chat>>) => {
  const never = () => {
    throw new ApiError('Unimplemented', 'not in this test');
  };
  const server = await start({ services: [service(chat, { talk: never, count: never, ...handlers })] });
  return { server, client: server.client(chat) };
};

describe('a stream of answers', () => {
  test('ends where its handler fails, after what was sent before', async () => {
    const { client } = await watching(async function* () {
      yield anEvent('1');
      throw new ApiError('Expired', 'resourceVersion 5 is too old');
    });
    const seen: (string | undefined)[] = [];
    const all = (async () => {
      for await (const { type } of client.watch({})) seen.push(type);
    })();
    expect(await failureOf(all)).toMatchObject({ code: 'Expired', message: 'resourceVersion 5 is too old' });
    expect(seen).toEqual(['1']);
  });

  test('that the caller leaves aborts the signal and returns the iterator', async () => {
    const returned = deferred<string>();
    const { client } = await watching(async function* (_request, { signal }) {
      try {
        yield anEvent('1');
        await once(signal, 'never', { signal });
      } finally {
        returned.resolve((signal.reason as ApiError).code);
      }
    });
    expect(await take(client.watch({}), 1)).toHaveLength(1);
    expect(await returned.promise).toBe('Cancelled');
  });

  test('of a handler that looks at no signal is returned too', async () => {
    const returned = deferred();
    const { client } = await watching(() => ({
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: anEvent('again') }),
        return: async () => {
          returned.resolve();
          return { done: true, value: undefined };
        },
      }),
    }));
    await take(client.watch({}), 3);
    await returned.promise;
  });

  test('that the caller cancels by its signal fails as cancelled', async () => {
    const { client } = await watching(async function* (_request, { signal }) {
      yield anEvent('1');
      await once(signal, 'abort');
    });
    const cancel = new AbortController();
    const stream = client.watch({}, { signal: cancel.signal });
    await stream.next();
    cancel.abort(new Error('enough'));
    expect(await failureOf(stream.next())).toMatchObject({ code: 'Cancelled', cause: new Error('enough') });
  });

  test('goes no faster than it is read', async () => {
    let produced = 0;
    const { client } = await watching(async function* () {
      for (;;) yield aBigEvent(`${++produced}`);
    });
    const stream = client.watch({});
    await stream.next();
    // Another call's answer comes after whatever the stream could send ahead of it.
    for (let i = 0, before = -1; i < 200 && before !== produced; i++) {
      before = produced;
      for (let j = 0; j < 10; j++) await client.create(aNamespace('other'));
    }
    // The window of 4 MiB, 16 messages in grpc-js, and what the two sockets hold.
    expect(produced).toBeLessThan(200);
    const before = produced;
    for (let i = 0; i < 100; i++) await stream.next();
    expect(produced).toBeGreaterThan(before);
    await stream.return();
  });

  test('sends the warnings ahead of the first answer', async () => {
    const { client } = await watching(async function* (_request, ctx) {
      ctx.warn('first: ä');
      ctx.warn('second');
      yield anEvent('1');
      await once(ctx.signal, 'abort');
    });
    const warnings: string[] = [];
    await take(client.watch({}, { onWarning: (text) => warnings.push(text) }), 1);
    expect(warnings).toEqual(['first: ä', 'second']);
  });

  test('has a deadline only if it was given one', async () => {
    const ended = deferred<string>();
    const { client } = await watching(async function* (_request, { signal }) {
      yield anEvent('1');
      await once(signal, 'abort');
      ended.resolve((signal.reason as ApiError).code);
    });
    const stream = client.watch({}, { timeoutMs: 50 });
    await stream.next();
    expect(await failureOf(stream.next())).toMatchObject({ code: 'DeadlineExceeded' });
    expect(['DeadlineExceeded', 'Cancelled']).toContain(await ended.promise);
  });
});

describe('streams both ways', () => {
  test('are answered message by message', async () => {
    const { client } = await chatting({
      talk: async function* (requests) {
        for await (const { metadata } of requests) yield anEvent(`hello ${metadata?.name}`);
      },
    });
    const names = async function* () {
      yield aNamespace('a');
      yield aNamespace('b');
    };
    expect((await take(client.talk(names()), 9)).map(({ type }) => type)).toEqual(['hello a', 'hello b']);
  });

  test('that the server ends return the iterator of the caller', async () => {
    const returned = deferred();
    const { client } = await chatting({
      talk: async function* (requests) {
        for await (const { metadata } of requests) {
          yield anEvent(metadata?.name ?? '');
          throw new ApiError('PermissionDenied', 'enough');
        }
      },
    });
    const names = async function* () {
      try {
        for (;;) yield await setImmediate(aNamespace('a'));
      } finally {
        returned.resolve();
      }
    };
    const stream = client.talk(names());
    await stream.next();
    expect(await failureOf(stream.next())).toMatchObject({ code: 'PermissionDenied' });
    await returned.promise;
  });

  test('whose requests fail are cancelled, and fail as the requests did', async () => {
    const cancelled = deferred();
    const { client } = await chatting({
      talk: async function* (requests, { signal }) {
        signal.addEventListener('abort', () => cancelled.resolve());
        for await (const _ of requests) yield anEvent('1');
      },
    });
    const answered = deferred();
    const broken = async function* () {
      yield aNamespace('a');
      await answered.promise;
      throw new TypeError('no more');
    };
    const stream = client.talk(broken());
    await stream.next();
    answered.resolve();
    expect(await failureOf(stream.next())).toMatchObject({
      code: 'Cancelled',
      cause: new TypeError('no more'),
    });
    await cancelled.promise;
  });

  test('with one answer count what came', async () => {
    const { client } = await chatting({
      count: async (requests) => {
        let count = 0;
        for await (const _ of requests) count++;
        return anEvent(`${count}`);
      },
    });
    const names = async function* () {
      for (let i = 0; i < 1000; i++) yield aNamespace('a');
    };
    expect((await client.count(names())).type).toBe('1000');
  });

  test('that are cancelled half-way do not pass for the whole', async () => {
    const outcome = deferred<unknown>();
    const first = deferred();
    const { client } = await chatting({
      count: async (requests) => {
        const read = (async () => {
          for await (const _ of requests) first.resolve();
        })();
        read.then(() => outcome.resolve('whole'), outcome.resolve);
        await read;
        return anEvent('all');
      },
    });
    const cancel = new AbortController();
    const names = async function* () {
      yield aNamespace('a');
      await once(cancel.signal, 'abort');
    };
    const counting = failureOf(client.count(names(), { signal: cancel.signal }));
    await first.promise;
    cancel.abort();
    expect(await counting).toMatchObject({ code: 'Cancelled' });
    expect(await outcome.promise).toMatchObject({ code: 'Cancelled' });
  });

  test('do not let a caller run ahead of a slow handler', async () => {
    const begun = deferred();
    const { client } = await chatting({
      talk: async function* (_requests, { signal }) {
        begun.resolve();
        yield anEvent('not reading');
        await once(signal, 'abort');
      },
    });
    let sent = 0;
    const names = async function* () {
      for (;;) {
        sent++;
        yield Namespace.fromPartial({ metadata: { name: 'x'.repeat(100_000) } });
      }
    };
    const stream = client.talk(names());
    await stream.next();
    await begun.promise;
    expect(sent).toBeLessThan(200);
    await stream.return();
  });
});

describe('a handler that goes wrong after the caller has gone', () => {
  test('is in the log', async () => {
    const log = recordedLog();
    const failed = deferred();
    const server = await start({
      log,
      services: [
        service(
          NamespacesDefinition,
          namespaceHandlers({
            watch: async function* (_request, { signal }) {
              yield anEvent('1');
              await once(signal, 'abort');
              void setImmediate().then(() => failed.resolve());
              throw new TypeError('in the clean-up');
            },
          }),
        ),
      ],
    });
    await take(server.client(NamespacesDefinition).watch({}), 1);
    await failed.promise;
    expect(JSON.stringify(log.lines)).toContain('in the clean-up');
  });
});
