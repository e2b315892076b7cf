import { createApiClient, createInformer } from '@own-kube/client';
import {
  createLogger,
  parseSettings,
  readTls,
  Registry,
  runMain,
  serveHealth,
  systemClock,
} from '@own-kube/process';
import { schema } from './config';
import { plugins } from './plugins';
import { createScheduler } from './scheduler';

runMain('scheduler', async ({ env, argv, signal }) => {
  const settings = parseSettings({ app: 'scheduler', schema, argv, env });
  const { apiServer, healthListen, logLevel, workers } = settings;
  const log = createLogger({ component: 'scheduler', level: logLevel });
  const api = createApiClient({ address: apiServer, tls: await readTls(settings) });
  const clock = systemClock;
  const pods = createInformer({ client: api.pods, clock, log });
  const nodes = createInformer({ client: api.nodes, clock, log });
  const scheduler = createScheduler({ pods, nodes, client: api.pods, plugins, clock, log, workers });
  const cache = () =>
    pods.hasSynced() && nodes.hasSynced()
      ? undefined
      : `Nothing has been heard of the api-server at ${apiServer} yet.`;

  const health = await serveHealth({
    listen: healthListen,
    checks: { cache },
    registry: new Registry(),
    log,
    signal,
  });
  try {
    await Promise.all([health.closed, pods.run(signal), nodes.run(signal), scheduler.run(signal)]);
  } finally {
    api.close();
  }
});
