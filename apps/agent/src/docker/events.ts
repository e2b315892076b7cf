import type { Clock } from '@own-kube/process';
import type { EngineEvent } from './engine';
import { parseJsonLines } from './json-lines';

export interface StreamEventsOptions {
  /** Opens the stream, from a moment ("seconds.nanoseconds") on or from now. */
  readonly open: (since: string | undefined) => Promise<AsyncIterable<Uint8Array>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

interface DockerEvent {
  readonly Action: string;
  readonly timeNano: number;
  readonly Actor: { readonly ID: string; readonly Attributes: Record<string, string> };
}

const firstPauseMs = 100;
const longestPauseMs = 5000;

/**
 * The engine's events until the signal is aborted. Docker ends the stream without a word when it stops, and never
 * repeats: after a break the stream is opened again from the last event on, which may then be seen twice.
 */
export async function* streamEvents({
  open,
  clock,
  signal,
}: StreamEventsOptions): AsyncIterable<EngineEvent> {
  let since: string | undefined;
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    try {
      const stream = await open(since);
      pauseMs = firstPauseMs;
      yield { type: 'connected' };
      for await (const value of parseJsonLines(stream)) {
        const event = value as DockerEvent;
        since = formatSince(event.timeNano);
        yield fromDockerEvent(event);
      }
      yield { type: 'disconnected', error: new Error('Docker ended the stream of its events.') };
    } catch (error) {
      if (signal.aborted) return;
      yield { type: 'disconnected', error: error instanceof Error ? error : new Error(String(error)) };
    }
    if (!(await paused(clock, pauseMs, signal))) return;
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

/** False when the pause was cut short by the end of all. */
async function paused(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

/** Attributes are the container's labels and a few words of Docker's own. */
const fromDockerEvent = ({ Action, Actor }: DockerEvent): EngineEvent => ({
  type: 'container',
  action: Action,
  id: Actor.ID,
  labels: Actor.Attributes,
});

/** Nanoseconds since 1970 are more than a number holds exactly: what is lost is less than a microsecond, downwards. */
function formatSince(timeNano: number): string {
  const micros = Math.floor(timeNano / 1000) - 1;
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}000`;
}
