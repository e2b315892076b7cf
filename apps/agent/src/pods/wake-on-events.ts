import type { Logger } from '@own-kube/process';
import type { ContainerEngine, EngineEvent, Labels } from '../docker/engine';
import { label } from './labels';

export interface WakeOnEventsOptions {
  readonly engine: ContainerEngine;
  readonly labels: Labels;
  /** Whether anything is left to be done for a pod whose container was removed. */
  readonly isKnown: (uid: string) => boolean;
  readonly wake: (uid: string) => void;
  /** Called after every connect: events may have been missed. */
  readonly onConnected: () => void;
  readonly log: Logger;
}

/** What changes a pod. Others (exec, attach, ...) are of no interest. */
const actions = new Set(['start', 'die', 'oom', 'pause', 'unpause', 'destroy']);

/** Wakes pods by the engine's events, until the signal is aborted. */
export async function wakeOnEvents(options: WakeOnEventsOptions, signal: AbortSignal): Promise<void> {
  const { engine, labels } = options;
  for await (const event of engine.events(labels, signal)) handle(options, event);
}

function handle({ isKnown, wake, onConnected, log }: WakeOnEventsOptions, event: EngineEvent): void {
  switch (event.type) {
    case 'connected':
      return onConnected();
    case 'disconnected':
      log.warn("lost the stream of Docker's events; trying again", { reason: event.error.message });
      return;
    case 'container': {
      const uid = event.labels[label.podUid] ?? '';
      if (!actions.has(event.action) || (event.action === 'destroy' && !isKnown(uid))) return;
      return wake(uid);
    }
  }
}
