import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { startProcess, stopProcess, type TestProcess } from './test-process';

export interface AppOptions {
  /** The folder below apps/: "scheduler". */
  app: string;
  /** By their names in the app's config.ts; `healthListen` is set for you. */
  settings: Readonly<Record<string, string | number | boolean>>;
  /** How long it may take to become healthy, in milliseconds. Default 20,000. */
  healthyWithinMs?: number;
}

/** One of our apps as a real process: its bundle, as it runs in a cluster. */
export interface AppProcess extends AsyncDisposable {
  readonly pid: number;
  /** Where its health and metrics are: "http://127.0.0.1:<port>". */
  readonly health: string;
  running(): boolean;
  /** The last of what it logged, over all its lives. */
  output(): string;
  /** Ends it (or, with SIGSTOP and SIGCONT, holds it and lets it go on). */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again with the same settings and waits until it is healthy. */
  restart(): Promise<void>;
  /** Waits until it says that it is healthy. */
  healthy(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an app and waits until it is healthy. Needs its bundle: `npx nx build <app>`. */
export async function startApp({ app, settings, healthyWithinMs = 20_000 }: AppOptions): Promise<AppProcess> {
  const bundle = join(__dirname, '../../../dist/apps', app, 'main.js');
  await access(bundle).catch((cause: unknown) => {
    throw new Error(`There is no ${bundle}. Make it by: npx nx build ${app}`, { cause });
  });
  const healthListen = `127.0.0.1:${await freePort()}`;
  const env = { PATH: process.env['PATH'], ...asEnvironment({ ...settings, healthListen }) };
  const spawnIt = () =>
    startProcess({ command: process.execPath, args: ['--enable-source-maps', bundle], env });
  let past = '';
  let current = await spawnIt();
  const healthy = () => waitUntilHealthy({ app, current, url: `http://${healthListen}`, healthyWithinMs });
  const stop = () => stopProcess(current);
  const restart = async () => {
    await stop();
    past += current.output();
    current = await spawnIt();
    await healthy();
  };
  try {
    await healthy();
  } catch (error) {
    await current.kill('SIGKILL');
    throw error;
  }
  return {
    get pid() {
      return current.pid;
    },
    health: `http://${healthListen}`,
    running: () => current.running(),
    output: () => past + current.output(),
    kill: (signal) => current.kill(signal),
    restart,
    healthy,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function waitUntilHealthy(options: {
  app: string;
  current: TestProcess;
  url: string;
  healthyWithinMs: number;
}): Promise<void> {
  const { app, current, url, healthyWithinMs } = options;
  await eventually(
    async () => {
      if (!current.running()) return true;
      const response = await fetch(`${url}/healthz`);
      if (!response.ok)
        throw new Error(`${app} is not healthy: ${await response.text()}\n${current.output()}`);
      return true;
    },
    { timeoutMs: healthyWithinMs },
  );
  if (!current.running()) throw new Error(`${app} ended at its start:\n${current.output()}`);
}

/** `tlsCa` is OWN_KUBE_TLS_CA. */
const asEnvironment = (settings: AppOptions['settings']): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `OWN_KUBE_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
      String(value),
    ]),
  );
