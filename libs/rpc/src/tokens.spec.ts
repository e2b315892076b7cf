import { ApiError, NamespacesDefinition } from '@own-kube/api';
import {
  fileDescriptorSet,
  HealthDefinition,
  ServerReflectionDefinition,
  ServerReflectionRequest,
} from '@own-kube/api/grpc';
import { createChannel } from './channel';
import { createClient } from './client';
import { service } from './service';
import { aTestCa, type TestCa } from './testing/certificates';
import { useServers } from './testing/fixture';
import { aNamespace, namespaceHandlers } from './testing/namespaces';
import type { Identity, TlsFiles } from './types';

describe('a server that takes tokens', () => {
  const start = useServers();
  let ca: TestCa;
  let tls: TlsFiles;
  beforeAll(async () => {
    ca = await aTestCa();
    tls = await ca.server();
  });

  const serving = async () => {
    const seen: (Identity | undefined)[] = [];
    const create = async <T>(namespace: T, ctx: { readonly identity?: Identity | undefined }) => {
      seen.push(ctx.identity);
      return namespace;
    };
    const tokens = (token: string): Identity => {
      if (token !== 'good') throw new ApiError('Unauthenticated', 'The token is not valid.');
      return { user: 'robot', groups: ['robots'] };
    };
    const services = [service(NamespacesDefinition, namespaceHandlers({ create }))];
    return { seen, server: await start({ tls, services, tokens, reflection: fileDescriptorSet() }) };
  };
  const call = async (address: string, more: { tls?: TlsFiles; token?: string; header?: string }) => {
    const { token, header } = more;
    const channel = createChannel({
      address,
      tls: more.tls ?? { ca: tls.ca },
      token: token === undefined ? undefined : () => token,
    });
    const headers = header === undefined ? undefined : { authorization: header };
    try {
      return await createClient(NamespacesDefinition, channel).create(aNamespace('a'), { headers });
    } finally {
      channel.close();
    }
  };

  test('a token says who calls, where there is no certificate', async () => {
    const { server, seen } = await serving();
    await call(server.address, { token: 'good' });
    await call(server.address, { header: 'bearer  good' });
    expect(seen).toEqual(Array(2).fill({ user: 'robot', groups: ['robots'] }));
  });

  test('a certificate comes before a token', async () => {
    const { server, seen } = await serving();
    await call(server.address, { tls: await ca.client('admin', 'system:masters'), token: 'bad' });
    expect(seen).toEqual([{ user: 'admin', groups: ['system:masters'] }]);
  });

  test('a token that is nobody’s is refused in its own words', async () => {
    const { server, seen } = await serving();
    await expect(call(server.address, { token: 'bad' })).rejects.toMatchObject({
      code: 'Unauthenticated',
      message: 'The token is not valid.',
    });
    expect(seen).toEqual([]);
  });

  test.each([
    ['no token', {}],
    ['another scheme', { header: 'Basic good' }],
    ['an empty token', { header: 'Bearer ' }],
    ['two tokens', { header: 'Bearer good good' }],
  ])('with %s a call has no identity', async (_name, more) => {
    const { server, seen } = await serving();
    await call(server.address, more);
    expect(seen).toEqual([undefined]);
  });

  test('a certificate of another CA counts as none', async () => {
    const { server, seen } = await serving();
    const stranger = await (await aTestCa()).client('admin', 'system:masters');
    await call(server.address, { tls: { ...stranger, ca: tls.ca } });
    await call(server.address, { tls: await ca.server({ client: false }) });
    expect(seen).toEqual([undefined, undefined]);
  });

  test('health asks for nothing', async () => {
    const { server } = await serving();
    const channel = createChannel({ address: server.address, tls: { ca: tls.ca } });
    await createClient(HealthDefinition, channel).check({ service: '' });
    channel.close();
  });

  test('what is served is shown to who says who they are', async () => {
    const { server } = await serving();
    const listed = async (token?: string) => {
      const channel = createChannel({
        address: server.address,
        tls: { ca: tls.ca },
        token: token === undefined ? undefined : () => token,
      });
      const ask = async function* () {
        yield ServerReflectionRequest.fromPartial({ list_services: '' });
      };
      try {
        const answers = createClient(ServerReflectionDefinition, channel).serverReflectionInfo(ask());
        return (await answers.next()).value?.list_services_response?.service.length;
      } finally {
        channel.close();
      }
    };
    expect(await listed('good')).toBeGreaterThan(0);
    await expect(listed()).rejects.toMatchObject({ code: 'Unauthenticated' });
  });
});
