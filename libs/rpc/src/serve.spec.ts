import { isCode, NamespacesDefinition, NamespaceEvent, ApiError, invalid } from '@own-kube/api';
import { Encoded } from './encoded';
import { service } from './service';
import { useServers } from './testing/fixture';
import { aNamespace, type NamespaceHandlers, namespaceHandlers } from './testing/namespaces';

describe('a served service', () => {
  const start = useServers();
  const serving = async (handlers: Partial<NamespaceHandlers>) => {
    const server = await start({ services: [service(NamespacesDefinition, namespaceHandlers(handlers))] });
    return { server, client: server.client(NamespacesDefinition) };
  };

  test('answers a unary call', async () => {
    const { client } = await serving({});
    expect((await client.create(aNamespace('a'))).metadata?.name).toBe('a');
  });

  test('sends what is encoded already as it is', async () => {
    const { client } = await serving({
      get: async () => new Encoded(Buffer.from(aNamespaceBytes('b'))),
    });
    expect((await client.get({ name: 'x' })).metadata?.name).toBe('b');
  });

  test('streams answers to the end', async () => {
    const { client } = await serving({
      watch: async function* () {
        for (let i = 0; i < 100; i++) yield NamespaceEvent.fromPartial({ type: `${i}` });
      },
    });
    const types: (string | undefined)[] = [];
    for await (const { type } of client.watch({})) types.push(type);
    expect(types).toHaveLength(100);
    expect(types.at(-1)).toBe('99');
  });

  test('an error arrives as it was thrown, with its violations', async () => {
    const violations = [{ field: 'metadata.name', description: 'must be short' }];
    const { client, server } = await serving({
      create: async () => {
        throw invalid('Namespace "a"', violations);
      },
    });
    const error = await client.create(aNamespace('a')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: 'Invalid',
      violations,
      message: expect.stringContaining('must be short'),
    });
    expect(server.log.lines).toEqual([]);
  });

  test('an unknown error reaches the caller without its text, and the log with its stack', async () => {
    const { client, server } = await serving({
      get: async () => {
        throw new TypeError('secret');
      },
    });
    const error = await client.get({}).catch((caught: unknown) => caught);
    expect(isCode(error, 'Internal')).toBe(true);
    expect(String(error)).not.toContain('secret');
    expect(JSON.stringify(server.log.lines)).toContain('secret');
  });
});

function aNamespaceBytes(name: string): Uint8Array {
  return NamespacesDefinition.methods.create.requestType.encode(aNamespace(name)).finish();
}
