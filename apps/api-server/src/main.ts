import { fileDescriptorSet } from '@own-kube/api/grpc';
import { createLogger, readTls, runMain, serveHealth, systemClock } from '@own-kube/process';
import { type Around, serve } from '@own-kube/rpc';
import { readSigningKeys } from './auth/tokens/read-signing-keys';
import { createApiServer } from './api-server';
import { limitsOf, parseConfig } from './config';
import { createMetrics } from './metrics';
import { readSealingKeys } from './storage/encrypted/read-keys';
import { compactRegularly } from './storage/compact-regularly';
import { createEtcdStorage } from './storage/etcd/etcd-storage';

runMain('api-server', async ({ argv, env, signal }) => {
  const config = parseConfig({ argv, env });
  const { logLevel, healthListen, listen, etcd } = config;
  const log = createLogger({ component: 'api-server', level: logLevel });
  const clock = systemClock;
  const tls = await readTls(config);
  const encryptionKeys = await readSealingKeys(config.encryptionKey);
  const tokenKeys = await readSigningKeys(config.serviceAccountKey);
  const etcdTls = etcd.tls && (await readTls(etcd.tls));
  log.info('starting', { listen, etcd: etcd.endpoints, logLevel });

  const storage = createEtcdStorage({ endpoints: etcd.endpoints, ...(etcdTls ? { tls: etcdTls } : {}) });
  const { ranges } = config;
  const limits = limitsOf(config);
  const server = createApiServer({ storage, clock, log, ranges, limits, encryptionKeys, tokenKeys });
  const { registry, around: measure } = createMetrics({ cache: server.cache, clock });

  const checks = { etcd: () => server.problem() };
  const health = await serveHealth({ listen: healthListen, checks, registry, log, signal });
  const reflection = fileDescriptorSet();
  const { services, admit, identify: tokens } = server;
  const { maxRequestBytes } = config;
  const around: Around = (ctx, next) => measure(ctx, async () => admit(ctx, next));
  const serving = await serve({
    listen,
    tls,
    tokens,
    maxRequestBytes,
    services,
    around,
    reflection,
    log,
    signal,
  });
  log.info('serving', { address: serving.address });

  const intervalMs = config.compactionInterval * 1000;
  const compacting = intervalMs > 0 ? [compactRegularly({ storage, clock, log, intervalMs }, signal)] : [];
  await Promise.all([server.run(signal), ...compacting, serving.closed, health.closed]);
  storage.close();
});
