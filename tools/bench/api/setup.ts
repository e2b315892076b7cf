/** What all rows share: an etcd, an api-server over it, the bare server, and clients in bytes to each. */
import { createChannel, type Channel } from '@own-kube/rpc';
import { identities, startApiServer, startProcess, type ApiServerFixture } from '@own-kube/testing';
import { Etcd3 } from 'etcd3';
import { setTimeout as sleep } from 'node:timers/promises';

/** Everything that is measured, and what it is measured against. */
export interface Bench extends AsyncDisposable {
  readonly server: ApiServerFixture;
  /** To the api-server. */
  readonly ours: Channel;
  /** To the server of bare grpc-js. */
  readonly bare: Channel;
  /** To etcd, past the api-server. */
  readonly etcd: Etcd3;
}

/** Starts it all. */
export async function openBench(): Promise<Bench> {
  await using undo = new AsyncDisposableStack();
  const server = undo.use(await startApiServer());
  const tls = await server.pki.issue(identities.admin);
  const files = await server.pki.issueFiles(identities.apiServer);
  const child = await startProcess({
    command: process.execPath,
    args: [`${__dirname}/bare-server.child.cjs`, files.tlsCa, files.tlsCert, files.tlsKey],
  });
  undo.defer(() => child.kill('SIGKILL'));
  while (!child.output().includes('\n')) {
    if (!child.running()) throw new Error(`the bare server ended: ${child.output()}`);
    await sleep(20);
  }
  const etcd = new Etcd3({ hosts: server.etcd.endpoint });
  undo.defer(() => etcd.close());
  const connect = (address: string): Channel => {
    const channel = createChannel({ address, tls });
    undo.defer(() => channel.close());
    return channel;
  };
  const ours = connect(server.address);
  const bare = connect(`127.0.0.1:${child.output().trim()}`);
  const owned = undo.move();
  return { server, ours, bare, etcd, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
