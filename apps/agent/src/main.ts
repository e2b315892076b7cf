import { createApiClient } from '@own-kube/client';
import {
  createLogger,
  parseSettings,
  readTls,
  Registry,
  runMain,
  serveHealth,
  systemClock as clock,
} from '@own-kube/process';
import packageJson from '../package.json';
import { createDockerEngine } from './docker/docker-engine';
import { createPodNetwork } from './network/pod-network';
import { createProxyMonitor } from './network/proxy-monitor';
import { buildCapacity } from './node/capacity';
import { readHeadroom, readMachine } from './node/machine';
import { createNodeReporter } from './node/node-reporter';
import { uplinkAddress } from './node/uplink';
import { createPodManager } from './pods/pod-manager';
import { settingsSchema } from './settings';

runMain('agent', async ({ env, argv, signal }) => {
  const settings = parseSettings({ app: 'agent', schema: settingsSchema, argv, env });
  const { nodeName: name, cpus, memory } = settings;
  const log = createLogger({ component: 'agent', level: settings.logLevel, node: name });
  const ip = settings.nodeIp ?? (await uplinkAddress());
  const machine = await readMachine();
  const capacity = buildCapacity({ ...machine, cpus, memory });
  const identity = { name, ip, machine, capacity, version: `v${packageJson.version}` };

  const api = createApiClient({ address: settings.apiServer, tls: await readTls(settings) });
  const engine = createDockerEngine({ socketPath: settings.dockerSocket, clock });
  const network = createPodNetwork(settings.proxySocket);
  const node = { ...settings, node: name, nodeIP: ip };
  const pods = createPodManager({ client: api.pods, engine, network, node, clock, log });
  const proxy = createProxyMonitor({ network, onBack: pods.relist, clock, log });
  const reporter = createNodeReporter({
    nodes: api.nodes,
    engine,
    identity,
    readHeadroom,
    networkProblem: proxy.problem,
    clock,
    log,
  });

  const checks = { docker: reporter.engineProblem, relist: pods.problem };
  await serveHealth({ listen: settings.healthListen, checks, registry: new Registry(), log, signal });
  await Promise.all([pods.run(signal), proxy.run(signal), reporter.run(signal)]);
  network.close();
  api.close();
});
