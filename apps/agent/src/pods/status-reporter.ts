import { isConflict, isNotFound, type Pod, PodStatus } from '@own-kube/api';
import { createWorkQueue, type PodClient, runWorkers, updateWithRetry } from '@own-kube/client';
import type { Clock, Logger } from '@own-kube/process';
import type { PodSource } from './pod-source';

/** Tells the api-server what was observed. Apart from the pods' own work: an api-server that is away holds up no pod. */
export interface StatusReporter {
  run(signal: AbortSignal): Promise<void>;
  /** Takes note of a pod's status, and writes it if it is another than the last. */
  report(pod: Pod, status: PodStatus): void;
  /** The pod with the newest status that was reported, which the api-server may not know yet. */
  withLastStatus(pod: Pod): Pod;
  /** Writes every status again that the api-server has otherwise. */
  recheck(): void;
  forget(uid: string): void;
}

export interface StatusReporterOptions {
  readonly client: PodClient;
  readonly pods: PodSource;
  readonly clock: Clock;
  readonly log: Logger;
}

const writers = 16;

export function createStatusReporter({ client, pods, clock, log }: StatusReporterOptions): StatusReporter {
  const last = new Map<string, PodStatus>();
  const queue = createWorkQueue<string>({ clock, baseDelayMs: 200, maxDelayMs: 10_000 });

  const write = async (uid: string, signal: AbortSignal): Promise<void> => {
    const [pod, status] = [pods.byUid(uid), last.get(uid)];
    if (!pod || !status || isEqual(pod.status, status)) return;
    try {
      await writeStatus(client, pod, { status, signal });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  };

  return {
    run: (signal) => runWorkers(queue, { workers: writers, log, signal }, write),
    report: (pod, status) => {
      const uid = pod.metadata?.uid ?? '';
      if (isEqual(last.get(uid) ?? pod.status, status)) return;
      last.set(uid, status);
      queue.add(uid);
    },
    withLastStatus: (pod) => ({ ...pod, status: last.get(pod.metadata?.uid ?? '') ?? pod.status }),
    recheck: () => {
      for (const uid of last.keys()) queue.add(uid);
    },
    forget: (uid) => void last.delete(uid),
  };
}

interface Write {
  readonly status: PodStatus;
  readonly signal: AbortSignal;
}

/** With the version that we know: the labels and annotations that go along must not undo what others wrote. */
async function writeStatus(client: PodClient, pod: Pod, { status, signal }: Write): Promise<void> {
  try {
    await client.updateStatus({ ...pod, status }, { signal });
  } catch (error) {
    if (!isConflict(error)) throw error;
    const change = (current: Pod) =>
      current.metadata?.uid === pod.metadata?.uid && !isEqual(current.status, status)
        ? { ...current, status }
        : undefined;
    await updateWithRetry(client, pod.metadata ?? {}, change, { part: 'status', signal });
  }
}

const isEqual = (a: PodStatus | undefined, b: PodStatus): boolean =>
  a !== undefined && Buffer.compare(PodStatus.encode(a).finish(), PodStatus.encode(b).finish()) === 0;
