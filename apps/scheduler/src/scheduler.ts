import type { Node, Pod } from '@own-kube/api';
import {
  type Change,
  createWorkQueue,
  type Informer,
  keyOf,
  type PodClient,
  refOfKey,
  runWorkers,
  updateWithRetry,
} from '@own-kube/client';
import type { Clock, Logger } from '@own-kube/process';
import { createBinder } from './binder';
import { nodeMayHelp, podMayHelp } from './may-help';
import { needsNode } from './needs-node';
import { createNodeInfos } from './node-infos';
import { createNodeUsage } from './node-usage';
import { pickNode } from './pick-node';
import type { Plugins } from './plugins';
import { withUnschedulable } from './unschedulable-condition';
import { unschedulableMessage } from './unschedulable-message';
import { createWaitingPods } from './waiting-pods';

export interface SchedulerOptions {
  pods: Informer<Pod>;
  nodes: Informer<Node>;
  client: PodClient;
  plugins: Plugins;
  clock: Clock;
  log: Logger;
  /** How many pods are being bound at a time. Default 16. */
  workers?: number;
}

export interface Scheduler {
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Finds a node for each pod that has none. A node is picked and its room taken in one go, without any wait between,
 * so that many pods can be bound at a time; whether a pod is still free to be bound, the api-server decides.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { pods, nodes, client, plugins, clock, log, workers = 16 } = options;
  const queue = createWorkQueue<string>({ clock, maxDelayMs: 10_000 });
  const waiting = createWaitingPods({ queue, clock });
  const usage = createNodeUsage();
  const nodeInfos = createNodeInfos({ nodes, usage });
  const binder = createBinder({ client, usage, log });

  pods.onChange((change) => {
    const key = keyOf(change.object);
    usage.see(change);
    if (change.deleted || !needsNode(change.object)) waiting.delete(key);
    else if (isNews(change)) queue.add(key);
    if (podMayHelp(change)) waiting.retryAll();
  });
  nodes.onChange((change) => {
    if (nodeMayHelp(change)) waiting.retryAll();
  });

  const schedule = async (key: string, signal: AbortSignal) => {
    await binder.settle(key, signal);
    const pod = pods.get(key);
    if (!pod || !needsNode(pod) || usage.isAssumed(key)) return;
    const pick = pickNode(pod, nodeInfos(), plugins);
    if ('node' in pick) return binder.bind(pod, pick.node, signal);
    waiting.add(key);
    const message = unschedulableMessage(pick.unschedulable, pick.nodes);
    const change = (current: Pod) =>
      isSame(current, pod) ? withUnschedulable(current, message, clock.now()) : undefined;
    await updateWithRetry(client, refOfKey(key), change, { part: 'status', signal });
  };

  return { run: (signal) => runWorkers(queue, { workers, ready: [pods, nodes], log, signal }, schedule) };
}

/** A pod's own status is no reason to try it again, least of all the one that we wrote. */
const isNews = ({ object, old }: Change<Pod>): boolean =>
  !old || JSON.stringify(object.spec) !== JSON.stringify(old.spec);

const isSame = (a: Pod, b: Pod): boolean => a.metadata?.uid === b.metadata?.uid;
