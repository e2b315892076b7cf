/** The composition root of the proxy: settings in, parts wired, run, shut down. */
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PodNetworkDefinition, type Pod } from '@own-kube/api';
import { createApiClient, createInformer, type ApiClient } from '@own-kube/client';
import {
  createLogger,
  type Logger,
  parseSettings,
  readTls,
  Registry,
  runMain,
  serveHealth,
  systemClock as clock,
} from '@own-kube/process';
import { serve, service } from '@own-kube/rpc';
import { createConverse, createExec, type Exec } from './exec';
import { openIpam, type Ipam } from './ipam/ipam';
import { parseCidr, type Cidr } from './ipv4';
import { createKeyedLock } from './keyed-lock';
import { vtepMac as vtepMacOf } from './links/names';
import { createPodLinks } from './links/pod-links';
import { createMetrics } from './metrics';
import { createNodeNetwork } from './node/node-network';
import { createRegistrationLoop } from './node/registration-loop';
import { lockStateDir } from './node/state-lock';
import { ensureSysctls } from './node/sysctls';
import { addressOf } from './node/uplink';
import { createPeerSync } from './peers/sync-peers';
import { createPodNetwork, podNetworkHandlers } from './service/pod-network';
import { createReconcile } from './service/reconcile';
import { proxySettings, type ProxySettings } from './settings';
import { createSyncLoop } from './sync-loop';

/** Everything is compared with the kernel this often. */
const everyMs = 60_000;

runMain('proxy', async ({ argv, env, signal }) => {
  const settings = parseSettings({ app: 'own-kube-proxy', schema: proxySettings, argv, env });
  const { nodeName, logLevel, healthListen, socket, apiServer } = settings;
  const log = createLogger({ component: 'proxy', level: logLevel, node: nodeName });
  const tls = await readTls(settings);
  const exec = createExec();
  await ensureSysctls({ log });
  const nodeIp = settings.nodeIp ?? (await addressOf(exec, settings.uplink));
  const ipam = await openState(settings);
  const api = createApiClient({ address: apiServer, tls, onWarning: (text) => log.warn(text) });
  const registry = new Registry();
  const { pods, links, runs, checks } = wire({ settings, nodeIp, exec, ipam, api, registry, log });

  const health = await serveHealth({ listen: healthListen, checks, registry, log, signal });
  const services = [service(PodNetworkDefinition, podNetworkHandlers(pods))];
  const server = await serve({ listen: `unix://${socket}`, services, log, signal });
  log.info('ready', { socket, nodeIp, cidr: ipam.cidr, leases: ipam.used });
  await Promise.all([health.closed, server.closed, ...runs.map((part) => part.run(signal))]);
  links.close();
  api.close();
  await ipam.close();
});

/** Takes the folder of state for this process and opens what is in it. */
async function openState({ stateDir, socket }: ProxySettings): Promise<Ipam> {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  await mkdir(dirname(socket), { recursive: true, mode: 0o700 });
  await lockStateDir(stateDir);
  const scratch = scratchOf({ socket });
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { mode: 0o700 });
  return openIpam(join(stateDir, 'pod-network.journal'), clock);
}

/** Beside the socket: a folder for what need not survive the process. */
const scratchOf = ({ socket }: Pick<ProxySettings, 'socket'>): string => `${socket}.tmp`;

interface Means {
  readonly settings: ProxySettings;
  readonly nodeIp: string;
  readonly exec: Exec;
  readonly ipam: Ipam;
  readonly api: ApiClient;
  readonly registry: Registry;
  readonly log: Logger;
}

/** All parts, and who wakes whom. */
function wire({ settings, nodeIp, exec, ipam, api, registry, log }: Means) {
  const { nodeName, uplink, nodeMask: bits } = settings;
  const clusterCidr = parseCidr(settings.clusterCidr) as Cidr;
  const vtepMac = vtepMacOf(nodeName);
  const metrics = createMetrics(registry, ipam);
  const lock = createKeyedLock();
  const { nodes, pods: known } = createInformers(api, nodeName, log);

  const links = createPodLinks({ exec, converse: createConverse(), dir: scratchOf(settings) });
  const network = createNodeNetwork({ exec, ipam, clusterCidr, nodeIp, uplink, vtepMac, metrics, log });
  const pods = createPodNetwork({ ipam, links, network, lock, metrics, log });
  const isDeleted = (uid: string) => known.hasSynced() && known.by('uid', uid).length === 0;
  const reconcile = createReconcile({ ipam, links, network, pods, isDeleted, lock, metrics, clock, log });
  const peers = createPeerSync({
    exec,
    nodes: () => (nodes.hasSynced() ? nodes.list() : undefined),
    self: () => network.devices && { ...network.devices, nodeName, cidr: ipam.cidr ?? '' },
    metrics,
    log,
  });

  const loop = (name: string, sync: () => Promise<void>) =>
    createSyncLoop({ name, sync, everyMs, clock, log });
  const peerLoop = loop('the other nodes', () => peers.sync());
  const networkLoop = loop('the pod network', async () => {
    const seen = await network.ensure();
    // A device that was made anew has none of its entries.
    peerLoop.trigger();
    if (seen) await reconcile(seen);
  });
  const registration = createRegistrationLoop({
    ...{ nodes: api.nodes, informer: nodes, nodeName, cluster: clusterCidr, bits, vtepMac },
    ...{ ipam, onRange: () => networkLoop.trigger(), clock, log },
  });
  nodes.onChange(() => peers.isStale() && peerLoop.trigger());

  const checks = {
    network: () => networkLoop.problem() ?? (ipam.cidr ? undefined : 'the node has no pod CIDR yet'),
    peers: () => peerLoop.problem(),
  };
  return { pods, links, runs: [nodes, known, registration, networkLoop, peerLoop], checks };
}

/** The copies of all Nodes, and of this node's Pods by their uid. */
function createInformers(api: ApiClient, nodeName: string, log: Logger) {
  const uidOf = (pod: Pod) => (pod.metadata?.uid ? [pod.metadata.uid] : []);
  const fieldSelector = `spec.nodeName=${nodeName}`;
  return {
    nodes: createInformer({ client: api.nodes, clock, log }),
    pods: createInformer({ client: api.pods, fieldSelector, indexes: { uid: uidOf }, clock, log }),
  };
}
