/** A node for tests: a machine of the underlay on which the real bundle of the proxy runs. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PodNetworkDefinition } from '@own-kube/api';
import { createChannel, createClient, type Client } from '@own-kube/rpc';
import {
  eventually,
  startProcess,
  stopProcess,
  type NetworkNamespace,
  type TestProcess,
} from '@own-kube/testing';

/** A node. */
export interface TestNode extends AsyncDisposable {
  readonly name: string;
  readonly ip: string;
  readonly machine: NetworkNamespace;
  /** Its PodNetwork, whether the proxy runs or not. */
  readonly podNetwork: Client<typeof PodNetworkDefinition>;
  /** Starts the proxy and waits until it serves. */
  start(flags?: readonly string[]): Promise<TestProcess>;
  /** The proxy that was started last. */
  current(): TestProcess;
  /** Attaches the pod that is a namespace, as the agent does: again while the node is not ready. */
  attach(uid: string, pod: NetworkNamespace): Promise<{ ip: string; gateway: string; mtu: number }>;
  /** What a node has of pods: devices and ways. */
  leftovers(): Promise<string>;
}

/** What a node needs of its surroundings. */
export interface NodeOptions {
  readonly name: string;
  readonly ip: string;
  readonly machine: NetworkNamespace;
  /** A folder for sockets and state. */
  readonly dir: string;
  readonly tls: { readonly tlsCa: string; readonly tlsCert: string; readonly tlsKey: string };
  /** The unix socket of the api-server. */
  readonly apiSocket: string;
}

const bundle = join(__dirname, '../../../../dist/apps/proxy/main.js');

/** Several proxies that start at once on a busy machine take their time. */
const patience = { timeoutMs: 30_000 };

/** With no more rights than it has in the cluster. */
const asInCompose = ['setpriv', '--bounding-set=-all,+net_admin,+sys_admin,+sys_ptrace', '--no-new-privs'];

/** Makes a node whose proxy is not started yet. Its state is in <dir>/<name>/state. */
export async function createTestNode({
  name,
  ip,
  machine,
  dir,
  apiSocket,
  tls,
}: NodeOptions): Promise<TestNode> {
  const home = join(dir, name);
  const socket = join(home, 'p.sock');
  await mkdir(home, { recursive: true });
  const enter = ['--net', '--target', String(machine.pid)];
  const toApi = ['socat', 'TCP-LISTEN:6443,bind=127.0.0.1,fork,reuseaddr', `UNIX-CONNECT:${apiSocket}`];
  const forwarder = await startProcess({ command: 'nsenter', args: [...enter, ...toApi] });
  const channel = createChannel({ address: `unix://${socket}` });
  const podNetwork = createClient(PodNetworkDefinition, channel);
  let proxy: TestProcess | undefined;

  async function start(flags: readonly string[] = []): Promise<TestProcess> {
    const settings = [
      `--node-name=${name}`,
      '--api-server=127.0.0.1:6443',
      `--socket=${socket}`,
      `--state-dir=${join(home, 'state')}`,
      `--tls-ca=${tls.tlsCa}`,
      `--tls-cert=${tls.tlsCert}`,
      `--tls-key=${tls.tlsKey}`,
      ...flags,
    ];
    const started = await startProcess({
      command: 'nsenter',
      args: [...enter, ...asInCompose, process.execPath, bundle, ...settings],
    });
    proxy = started;
    await eventually(async () => {
      if (!started.running()) throw new Error(`The proxy of ${name} ended: ${started.output()}`);
      await podNetwork.list({});
    }, patience);
    return started;
  }

  return {
    name,
    ip,
    machine,
    podNetwork,
    start,
    current: () => {
      if (!proxy) throw new Error(`The proxy of ${name} was not started.`);
      return proxy;
    },
    attach: (uid, { pid, startTime: processStartTime }) => {
      const request = { podUid: uid, podNamespace: 'default', podName: `pod-${uid}`, pid, processStartTime };
      return eventually(() => podNetwork.attach(request), patience);
    },
    leftovers: async () => {
      const devices = await machine.run(['ip', '-br', 'link', 'show', 'type', 'veth']);
      const pods = devices.split('\n').filter((line) => /^veth/.test(line));
      const ways = await machine.run(['ip', 'route', 'show', 'dev', 'br0']);
      return [...pods, ways.trim()].filter(Boolean).join('\n');
    },
    [Symbol.asyncDispose]: async () => {
      channel.close();
      if (proxy) await stopProcess(proxy);
      await forwarder.kill('SIGKILL');
    },
  };
}
