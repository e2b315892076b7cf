/** An api-server for nodes of the tests, on a unix socket, which namespaces do not keep apart. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import type { ApiClient } from '@own-kube/client';
import { createFakeApi, serveFakeApi, type FakeApi } from '@own-kube/client/testing';
import { createLogger } from '@own-kube/process';
import { identities, startApiServer, tempDir, testPki } from '@own-kube/testing';

/** An api-server, and the certificates of its cluster. */
export interface TestApi extends AsyncDisposable {
  readonly client: ApiClient;
  readonly socket: string;
  /** A folder for whatever belongs to the test. */
  readonly dir: string;
  /** Certificate files for a node's proxy. */
  tlsOf(node: string): Promise<{ tlsCa: string; tlsCert: string; tlsKey: string }>;
}

/** One in memory, that can be taken down. */
export async function fakeApi(): Promise<TestApi & { readonly fake: FakeApi }> {
  const stack = new AsyncDisposableStack();
  const { path: dir } = stack.use(await tempDir('proxy-'));
  const pki = stack.use(await testPki());
  const fake = createFakeApi();
  const socket = join(dir, 'api.sock');
  const stop = new AbortController();
  const log = createLogger({ component: 'api', level: 'error' });
  const tls = await pki.issue(identities.apiServer);
  const serving = await serveFakeApi(fake, { listen: `unix://${socket}`, tls, log, signal: stop.signal });
  stack.defer(async () => {
    stop.abort();
    await serving.closed;
  });
  return {
    ...{ client: fake.client, socket, dir, fake },
    tlsOf: (node) => pki.issueFiles(identities.node(node)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** The real one, over a real etcd. */
export async function realApi(): Promise<TestApi> {
  const stack = new AsyncDisposableStack();
  const { path: dir } = stack.use(await tempDir('proxy-'));
  const server = stack.use(await startApiServer());
  const socket = join(dir, 'api.sock');
  const [host, port] = server.address.split(':');
  const door = createServer((near) => {
    const far = connect(Number(port), host);
    const end = () => near.destroy();
    pipeline(near, far, end);
    pipeline(far, near, end);
  }).listen(socket);
  await once(door, 'listening');
  stack.defer(() => void door.close());
  return {
    ...{ client: await server.client(), socket, dir },
    tlsOf: (node) => server.pki.issueFiles(identities.node(node)),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
