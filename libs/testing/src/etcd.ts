import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { tempDir, type TempDir } from './temp-dir';
import { startProcess, stopProcess, type TestProcess } from './test-process';

/** Certificate files' contents, for an etcd that serves TLS and asks its clients for certificates. */
export interface EtcdTls {
  ca: string | Buffer;
  cert: string | Buffer;
  key: string | Buffer;
}

export interface EtcdOptions {
  /** Where etcd keeps its data. Default: a temporary directory, removed at the end. */
  dataDir?: string;
  tls?: EtcdTls;
  /** More flags, as "--quota-backend-bytes=16777216". */
  args?: readonly string[];
}

/** A real etcd for one test. */
export interface EtcdFixture extends AsyncDisposable {
  /** "http://127.0.0.1:<port>", or https where it has TLS. */
  readonly endpoint: string;
  readonly pid: number;
  /** Ends etcd (or, with SIGSTOP and SIGCONT, holds it and lets it go on) and keeps its data. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts etcd again on the same port and data, and waits until it answers. */
  restart(): Promise<void>;
  /** Ends etcd for good and removes its data. */
  stop(): Promise<void>;
}

/** Starts a real etcd on free ports of 127.0.0.1 and waits until it answers. */
export async function startEtcd({ dataDir, tls, args = [] }: EtcdOptions = {}): Promise<EtcdFixture> {
  const binary = await findEtcd();
  const dir = await tempDir('own-kube-etcd-');
  try {
    const [client, peer, metrics] = [await freePort(), await freePort(), await freePort()];
    const endpoint = `http${tls ? 's' : ''}://127.0.0.1:${client}`;
    const flags = [
      `--data-dir=${dataDir ?? join(dir.path, 'data')}`,
      `--listen-client-urls=${endpoint}`,
      `--advertise-client-urls=${endpoint}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-cluster=default=http://127.0.0.1:${peer}`,
      `--listen-metrics-urls=http://127.0.0.1:${metrics}`,
      ...(tls ? await tlsFlags(dir, tls) : []),
      ...args,
    ];
    const start = () => startHealthy({ binary, flags, health: `http://127.0.0.1:${metrics}/health` });
    let etcd = await start();
    const stop = async () => {
      await stopProcess(etcd);
      await dir.remove();
    };
    return {
      endpoint,
      get pid() {
        return etcd.pid;
      },
      kill: (signal) => etcd.kill(signal),
      restart: async () => {
        await stopProcess(etcd);
        etcd = await start();
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await dir.remove();
    throw error;
  }
}

async function findEtcd(): Promise<string> {
  for (const path of ['/usr/bin/etcd', '/usr/sbin/etcd', '/usr/local/bin/etcd']) {
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  throw new Error(
    'There is no etcd in /usr/bin, /usr/sbin or /usr/local/bin. Install Debian\'s package "etcd-server".',
  );
}

async function tlsFlags(dir: TempDir, { ca, cert, key }: EtcdTls): Promise<string[]> {
  const file = async (name: string, content: string | Buffer) => {
    await writeFile(join(dir.path, name), content, { mode: 0o600 });
    return join(dir.path, name);
  };
  return [
    `--trusted-ca-file=${await file('ca.crt', ca)}`,
    `--cert-file=${await file('etcd.crt', cert)}`,
    `--key-file=${await file('etcd.key', key)}`,
    '--client-cert-auth',
  ];
}

async function startHealthy(options: {
  binary: string;
  flags: string[];
  health: string;
}): Promise<TestProcess> {
  const etcd = await startProcess({ command: options.binary, args: options.flags });
  try {
    await eventually(
      async () => {
        if (!etcd.running()) return true;
        return (await fetch(options.health)).ok;
      },
      { timeoutMs: 20_000, intervalMs: 20 },
    );
    if (!etcd.running()) throw new Error(`etcd ended at its start:\n${etcd.output()}`);
    return etcd;
  } catch (error) {
    await etcd.kill('SIGKILL');
    throw error;
  }
}
