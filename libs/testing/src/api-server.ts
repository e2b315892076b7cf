import { type ApiClient, createApiClient } from '@own-kube/client';
import type { CertificateRequest } from '@own-kube/rpc/pki';
import { type AppProcess, startApp } from './app-process';
import { type EtcdFixture, startEtcd } from './etcd';
import { freePort } from './free-port';
import { identities, type TestPki, testPki, type TlsPaths } from './test-pki';

export interface ApiServerOptions {
  /** One that runs already, to share it with others. Default: one of its own, ended with it. */
  etcd?: EtcdFixture;
  /** The same for the certificates. */
  pki?: TestPki;
  /** More of its settings. */
  settings?: Readonly<Record<string, string | number | boolean>>;
}

/** A real api-server over a real etcd, for one test. Killed and started again it has the same address and data. */
export interface ApiServerFixture extends AppProcess {
  /** "127.0.0.1:<port>" */
  readonly address: string;
  readonly etcd: EtcdFixture;
  readonly pki: TestPki;
  /** A client with that identity, the administrator's by default; closed with the fixture. */
  client(identity?: CertificateRequest): Promise<ApiClient>;
  /** What a process of that identity needs to connect: its files, and the address as `apiServer`. */
  settingsFor(identity: CertificateRequest): Promise<TlsPaths & { apiServer: string }>;
}

/** Starts an api-server with mTLS on a free port, and an etcd below it, and waits until it is healthy. */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServerFixture> {
  await using undo = new AsyncDisposableStack();
  const etcd = options.etcd ?? undo.use(await startEtcd());
  const pki = options.pki ?? undo.use(await testPki());
  const address = `127.0.0.1:${await freePort()}`;
  const own = await pki.issueFiles(identities.apiServer);
  const settings = { listen: address, etcd: etcd.endpoint, ...own, ...options.settings };
  const app = undo.use(await startApp({ app: 'api-server', settings }));
  const owned = undo.move();
  const stop = () => owned.disposeAsync();

  return {
    ...app,
    ...{ address, etcd, pki, stop },
    get pid() {
      return app.pid;
    },
    client: async (identity = identities.admin) => {
      const client = createApiClient({ address, tls: await pki.issue(identity) });
      owned.defer(() => client.close());
      return client;
    },
    settingsFor: async (identity) => ({ apiServer: address, ...(await pki.issueFiles(identity)) }),
    [Symbol.asyncDispose]: stop,
  };
}
