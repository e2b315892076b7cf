import { NamespacesDefinition } from '@own-kube/api';
import { HealthCheckResponse_ServingStatus as ServingStatus, HealthDefinition } from '@own-kube/api/grpc';
import { service } from './service';
import { useServers } from './testing/fixture';
import { namespaceHandlers } from './testing/namespaces';
import { failureOf } from './testing/promises';

describe('health', () => {
  const start = useServers();
  const refuse = async (): Promise<never> => {
    throw new Error('health must not ask');
  };
  const serving = () =>
    start({ services: [service(NamespacesDefinition, namespaceHandlers())], around: refuse });

  test.each(['', 'ownkube.core.v1.Namespaces'])('of %j is SERVING', async (name) => {
    const health = (await serving()).client(HealthDefinition);
    expect(await health.check({ service: name })).toEqual({ status: ServingStatus.SERVING });
  });

  test('of a service that is not here is not found', async () => {
    const health = (await serving()).client(HealthDefinition);
    expect(await failureOf(health.check({ service: 'x.Y' }))).toMatchObject({
      code: 'NotFound',
      message: 'there is no service "x.Y" here',
    });
    const watch = health.watch({ service: 'x.Y' });
    expect((await watch.next()).value).toEqual({ status: ServingStatus.SERVICE_UNKNOWN });
    await watch.return();
  });

  test('is watched until the shutdown', async () => {
    const server = await serving();
    const watch = server.client(HealthDefinition).watch({ service: '' });
    expect((await watch.next()).value).toEqual({ status: ServingStatus.SERVING });
    server.stop();
    expect(await failureOf(watch.next())).toMatchObject({ code: 'Unavailable' });
  });
});
