import type { Logger } from '@own-kube/process';
import { inShort } from './in-short';
import type { WorkQueue } from './work-queue';

export interface RunWorkersOptions {
  /** How many keys are worked on at a time. Default 1. */
  workers?: number;
  /** What must be synced before the first key is handed out: a decision on half a cache is a wrong one. */
  ready?: readonly { synced(signal: AbortSignal): Promise<void> }[];
  log: Logger;
  signal: AbortSignal;
}

/**
 * Hands the queue's keys to `work` until the signal is aborted, then closes the queue and waits for the work under
 * way. Work that fails is logged and tried again after the key's back-off.
 */
export async function runWorkers<K>(
  queue: WorkQueue<K>,
  { workers = 1, ready = [], log, signal }: RunWorkersOptions,
  work: (key: K, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const close = () => queue.close();
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  try {
    await Promise.all(ready.map((cache) => cache.synced(signal)));
    await Promise.all(Array.from({ length: workers }, () => runWorker(queue, { log, signal }, work)));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

async function runWorker<K>(
  queue: WorkQueue<K>,
  { log, signal }: { log: Logger; signal: AbortSignal },
  work: (key: K, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (let key = await queue.get(); key !== undefined; key = await queue.get()) {
    try {
      await work(key, signal);
      queue.forget(key);
    } catch (error) {
      // What fails because all is being stopped is no failure.
      if (!signal.aborted) log.warn(`${String(key)}: will be tried again`, { key, error: inShort(error) });
      queue.retry(key);
    } finally {
      queue.done(key);
    }
  }
}
