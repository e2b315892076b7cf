import { createInformer, createWorkQueue, type PodClient, runWorkers } from '@own-kube/client';
import type { Clock, Logger } from '@own-kube/process';
import type { ContainerEngine } from '../docker/engine';
import { createAttachSandbox } from '../network/attach-sandbox';
import type { PodNetwork } from '../network/pod-network';
import { processStartTime } from '../network/process-start-time';
import { createApplyStep } from './apply-step';
import type { NodeFacts } from './build-sandbox';
import { createImagePulls } from './image-pulls';
import { ownerLabels } from './labels';
import { createObserver } from './observe';
import { createPodSource, uidIndex } from './pod-source';
import { createPodWorker } from './pod-worker';
import { createRecords } from './records';
import { createRelist } from './relist';
import { createStatusReporter } from './status-reporter';
import { wakeOnEvents } from './wake-on-events';

export interface PodManagerOptions {
  readonly client: PodClient;
  readonly engine: ContainerEngine;
  readonly network: PodNetwork;
  readonly node: NodeFacts;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Makes the pods of a node what the api-server wants them to be, and tells it what they are. */
export interface PodManager {
  run(signal: AbortSignal): Promise<void>;
  /** Asks for a look at everything now. */
  readonly relist: () => void;
  /** What is wrong, for the health check. */
  readonly problem: () => string | undefined;
}

/** More than the pods of a node: none waits for another. */
const workers = 128;

/** The parts of this folder, wired. What wakes a pod (watch, events, relist, its own steps) does nothing but that. */
export function createPodManager({
  client,
  engine,
  network,
  node,
  clock,
  log,
}: PodManagerOptions): PodManager {
  const fieldSelector = `spec.nodeName=${node.node}`;
  const informer = createInformer({ client, fieldSelector, indexes: uidIndex, clock, log });
  const pods = createPodSource(informer);
  const records = createRecords();
  const queue = createWorkQueue<string>({ clock, baseDelayMs: 100, maxDelayMs: 30_000 });
  const wake = (uid: string) => queue.add(uid);

  const pulls = createImagePulls({ engine, clock, log, onSettled: wake });
  const reporter = createStatusReporter({ client, pods, clock, log });
  const observe = createObserver({ engine, pulls, records, node, clock });
  const attachSandbox = createAttachSandbox({ engine, network, processStartTime });
  const applyStep = createApplyStep({ engine, network, attachSandbox, client, pulls, records, node, clock });
  const work = createPodWorker({
    pods,
    observe,
    applyStep,
    reporter,
    records,
    pulls,
    queue,
    nodeIP: node.nodeIP,
    log,
  });
  const onDone = () => reporter.recheck();
  const relist = createRelist({ engine, network, pods, records, owner: node, wake, onDone, clock, log });
  const isKnown = (uid: string) => pods.byUid(uid) !== undefined || records.has(uid);
  const onConnected = () => relist.trigger();

  informer.onChange(({ object, old }) => {
    for (const pod of [object, old]) if (pod?.metadata?.uid) wake(pod.metadata.uid);
  });

  return {
    run: async (signal) => {
      await Promise.all([
        informer.run(signal),
        runWorkers(queue, { workers, ready: [informer], log, signal }, work),
        reporter.run(signal),
        relist.run(signal),
        wakeOnEvents({ engine, labels: ownerLabels(node), isKnown, wake, onConnected, log }, signal),
      ]);
    },
    relist: () => relist.trigger(),
    problem: () => relist.problem(),
  };
}
