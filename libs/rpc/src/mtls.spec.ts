import type { ApiError, Namespace } from '@own-kube/api';
import { NamespacesDefinition } from '@own-kube/api';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createCa } from './pki';
import { service } from './service';
import { aTestCa, type TestCa } from './testing/certificates';
import { useServers } from './testing/fixture';
import { aNamespace, namespaceHandlers } from './testing/namespaces';
import type { Identity, TlsFiles } from './types';

describe('mTLS', () => {
  const start = useServers();
  let ca: TestCa;
  let tls: TlsFiles;
  beforeAll(async () => {
    ca = await aTestCa();
    tls = await ca.server();
  });

  const serving = async (options: { tls?: TlsFiles } = {}) => {
    const seen: (Identity | undefined)[] = [];
    const create = async (namespace: Namespace, { identity }: { identity?: Identity | undefined }) => {
      seen.push(identity);
      return namespace;
    };
    const services = [service(NamespacesDefinition, namespaceHandlers({ create }))];
    return { seen, server: await start({ tls, services, ...options }) };
  };
  const failure = (promise: Promise<unknown>) =>
    promise.then(
      () => new Error('the call went through'),
      (error: unknown) => error as ApiError,
    );

  test('the subject of the certificate is who calls', async () => {
    const { server, seen } = await serving();
    const node = server.client(NamespacesDefinition, await ca.client('system:node:a', 'system:nodes', 'g'));
    const admin = server.client(NamespacesDefinition, await ca.client('admin', 'system:masters'));
    for (let i = 0; i < 2; i++) {
      await node.create(aNamespace('a'));
      await admin.create(aNamespace('a'));
    }
    const expected = [
      { user: 'system:node:a', groups: ['system:nodes', 'g'] },
      { user: 'admin', groups: ['system:masters'] },
    ];
    expect(seen).toEqual([...expected, ...expected]);
  });

  test('the certificate is read once for each connection', async () => {
    const { server, seen } = await serving();
    const client = server.client(NamespacesDefinition, await ca.client('admin'));
    await client.create(aNamespace('a'));
    await client.create(aNamespace('b'));
    expect(seen).toHaveLength(2);
    expect(seen[0]).toBe(seen[1]);
  });

  test('no certificate is refused', async () => {
    const { server, seen } = await serving();
    const nobody = server.client(NamespacesDefinition, { ca: tls.ca } as TlsFiles);
    expect(await failure(nobody.create(aNamespace('a')))).toMatchObject({ code: 'Unavailable' });
    expect(seen).toEqual([]);
  });

  test('a certificate of another CA is refused', async () => {
    const { server, seen } = await serving();
    const stranger = await (await aTestCa()).client('admin', 'system:masters');
    const client = server.client(NamespacesDefinition, { ...stranger, ca: tls.ca });
    expect(await failure(client.create(aNamespace('a')))).toMatchObject({
      code: 'Unavailable',
      message: expect.stringMatching(
        /^the server at 127\.0\.0\.1:\d+ (closes each connection .* is ours one|does not accept our certificate|has dropped)/,
      ),
    });
    expect(seen).toEqual([]);
  });

  test('a certificate for serving alone is refused as a caller', async () => {
    const { server, seen } = await serving();
    const client = server.client(NamespacesDefinition, await ca.server({ client: false }));
    expect(await failure(client.create(aNamespace('a')))).toMatchObject({
      code: 'Unavailable',
      message: expect.stringMatching(
        /^the server at 127\.0\.0\.1:\d+ (closes each connection .* is ours one|does not accept our certificate|has dropped)/,
      ),
    });
    expect(seen).toEqual([]);
  });

  test('a server of another CA is refused', async () => {
    const { server, seen } = await serving();
    const own = await ca.client('admin');
    const other = Buffer.from((await createCa('other')).cert);
    const client = server.client(NamespacesDefinition, { ...own, ca: other });
    expect(await failure(client.create(aNamespace('a')))).toMatchObject({
      code: 'Unavailable',
      message: expect.stringMatching(/certificate that another CA signed: is this the CA/),
    });
    expect(seen).toEqual([]);
  });

  test('a server whose certificate is for another address is refused', async () => {
    const { server } = await serving({ tls: await ca.server({ ips: ['10.0.0.1'] }) });
    const client = server.client(NamespacesDefinition, await ca.client('admin'));
    expect(await failure(client.create(aNamespace('a')))).toMatchObject({
      code: 'Unavailable',
      message: expect.stringMatching(/certificate that is not for this address/),
    });
  });

  test('without TLS nothing is answered', async () => {
    const { server, seen } = await serving();
    const client = server.client(NamespacesDefinition);
    expect(await failure(client.create(aNamespace('a')))).toMatchObject({
      code: 'Unavailable',
      message: expect.stringMatching(
        /^the server at 127\.0\.0\.1:\d+ (closes each connection .* is ours one|does not accept our certificate|has dropped)/,
      ),
    });
    expect(seen).toEqual([]);
  });

  test('TLS 1.2 is refused', async () => {
    const { server } = await serving();
    const { cert, key } = await ca.client('admin');
    const socket = connectTls({ port: server.port, ca: tls.ca, cert, key, maxVersion: 'TLSv1.2' });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toMatch(/protocol version/);
  });

  test('random bytes on the port do no harm', async () => {
    const { server } = await serving();
    for (let i = 0; i < 20; i++) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.end(randomBytes(1 + i * 100));
      await once(socket.resume(), 'close');
    }
    const client = server.client(NamespacesDefinition, await ca.client('admin'));
    expect((await client.create(aNamespace('a'))).metadata?.name).toBe('a');
  });
});
