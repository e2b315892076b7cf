import type { Clock, Logger } from '@own-kube/process';
import type { ContainerEngine } from '../docker/engine';
import { failureFields } from '../failure-fields';
import { pauseMs } from './back-off';
import type { Pull } from './observed';

/** Which pull: that of one container of one pod, for one attempt at it. */
export interface PullTicket {
  readonly uid: string;
  readonly container: string;
  readonly image: string;
  readonly attempt: number;
}

/** Pulls of images, in the background. Who waits for the same image shares one download. */
export interface ImagePulls {
  /** Starts a pull and returns at once; `onSettled` tells of its end. */
  start(ticket: PullTicket, signal: AbortSignal): void;
  /** How the last pull of this image for this container stands. */
  stateOf(ticket: Omit<PullTicket, 'attempt'>): Pull | undefined;
  forget(uid: string): void;
}

export interface ImagePullsOptions {
  readonly engine: ContainerEngine;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onSettled: (uid: string) => void;
}

interface Entry {
  readonly image: string;
  readonly failures: number;
  readonly pull: Pull;
}

export function createImagePulls({ engine, clock, log, onSettled }: ImagePullsOptions): ImagePulls {
  const entries = new Map<string, Map<string, Entry>>();
  const downloads = new Map<string, Promise<void>>();

  const download = (image: string, signal: AbortSignal): Promise<void> => {
    const running = downloads.get(image);
    if (running) return running;
    log.info('pulling an image', { image });
    const started = engine.pull(image, { signal }).finally(() => downloads.delete(image));
    downloads.set(image, started);
    return started;
  };

  const settle = (ticket: PullTicket, failures: number, pull: Pull) => {
    // Forgotten meanwhile: the pod is gone.
    entries.get(ticket.uid)?.set(ticket.container, { image: ticket.image, failures, pull });
    onSettled(ticket.uid);
  };

  const start = async (ticket: PullTicket, failures: number, signal: AbortSignal): Promise<void> => {
    const { image, attempt } = ticket;
    try {
      await download(image, signal);
      log.info('pulled an image', { image });
      settle(ticket, 0, { state: 'pulled', attempt });
    } catch (error) {
      if (signal.aborted) return;
      log.warn('an image could not be pulled', { image, ...failureFields(error) });
      const failedAt = clock.now();
      const message = error instanceof Error ? error.message : String(error);
      const retryAt = failedAt + pauseMs(failures + 1);
      settle(ticket, failures + 1, { state: 'failed', message, failedAt, retryAt });
    }
  };

  return {
    start: (ticket, signal) => {
      const { uid, container, image } = ticket;
      const ofPod = entries.get(uid) ?? new Map<string, Entry>();
      entries.set(uid, ofPod);
      const before = ofPod.get(container);
      const failures = before?.image === image ? before.failures : 0;
      ofPod.set(container, { image, failures, pull: { state: 'pulling' } });
      void start(ticket, failures, signal);
    },
    stateOf: ({ uid, container, image }) => {
      const entry = entries.get(uid)?.get(container);
      return entry?.image === image ? entry.pull : undefined;
    },
    forget: (uid) => void entries.delete(uid),
  };
}
