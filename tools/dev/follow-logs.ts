/** The logs of containers on the terminal, also across their restarts. */
import { setTimeout } from 'node:timers/promises';
import { tryRun } from '../kit/run.ts';
import { say } from '../kit/say.ts';

export interface Followed {
  readonly id: string;
  /** Stands before each line. */
  readonly title: string;
}

/** `docker logs` ends when the container does, so it is asked again from where it ended. */
async function followOne({ id, title }: Followed, signal: AbortSignal): Promise<void> {
  let since = new Date().toISOString();
  while (!signal.aborted) {
    const onLine = (line: string): void => say(`${title} | ${line}`);
    await tryRun(['docker', 'logs', '--follow', '--since', since, id], { onLine, signal });
    since = new Date().toISOString();
    await setTimeout(200, undefined, { signal });
  }
}

/** Prints what the containers log from now on until the signal aborts. */
export async function followLogs(containers: readonly Followed[], signal: AbortSignal): Promise<void> {
  await Promise.all(containers.map((container) => followOne(container, signal))).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
