/** The Docker engine: one that runs is used as it is and never reconfigured; else one is started. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, stateDir } from '../kit/paths.ts';
import { tryRun } from '../kit/run.ts';
import { step } from '../kit/say.ts';
import { Stop } from '../kit/task.ts';
import { waitFor } from '../kit/wait.ts';
import { hasSystemd } from './apt.ts';
import { ensurePrerequisites } from './prerequisites.ts';

/** The log of an engine that we started. */
export const engineLog = join(stateDir, 'dockerd.log');
/** The process id of an engine that we started. */
export const enginePidFile = join(stateDir, 'dockerd.pid');
const deadlineMs = 60_000;

/** The version of the engine that answers; undefined when none does. */
export async function engineVersion(): Promise<string | undefined> {
  const { code, stdout } = await tryRun(['docker', 'version', '--format', '{{.Server.Version}}']);
  return code === 0 ? stdout.trim() : undefined;
}

/** Starts dockerd so that it outlives us, its output in a file. Resolves early with its exit code if it ends. */
function startDockerd(signal: AbortSignal): { ended: () => number | undefined } {
  mkdirSync(stateDir, { recursive: true });
  const log = openSync(engineLog, 'a');
  let exitCode: number | undefined;
  const child = spawn('dockerd', [], { cwd: '/', detached: true, stdio: ['ignore', log, log] });
  child.on('error', () => (exitCode = 127)).on('exit', (code) => (exitCode = code ?? 128));
  signal.addEventListener('abort', () => child.kill(), { once: true });
  child.unref();
  closeSync(log);
  writeFileSync(enginePidFile, `${child.pid ?? ''}\n`);
  return { ended: () => exitCode };
}

const logTail = (): string => readFileSync(engineLog, 'utf8').trimEnd().split('\n').slice(-20).join('\n');

async function startDetached(): Promise<void> {
  const giveUp = new AbortController();
  await step(`Starting the Docker engine (log: ${relative(root, engineLog)})`, async ({ note }) => {
    const { ended } = startDockerd(giveUp.signal);
    const answer = await waitFor(async () => (ended() === undefined ? await engineVersion() : 'ended'), {
      deadlineMs,
      everyMs: 300,
    });
    if (ended() !== undefined || answer === undefined) {
      giveUp.abort();
      const why =
        ended() === undefined
          ? `did not answer in ${deadlineMs / 1000} s`
          : `ended with exit code ${ended()}`;
      throw new Stop(`dockerd ${why}. The end of ${engineLog}:\n${logTail()}`);
    }
    note(`version ${answer}`);
  });
}

async function startService(): Promise<void> {
  await step('Starting the Docker service', async () => {
    await tryRun(['systemctl', 'enable', '--now', 'docker']);
    if (await waitFor(engineVersion, { deadlineMs, everyMs: 300 })) return;
    const { output } = await tryRun(['journalctl', '-u', 'docker', '-n', '20', '--no-pager']);
    throw new Stop(`The Docker service does not answer. The end of its log:\n${output}`);
  });
}

/** Sees to it that a Docker engine answers, and that Compose is there. */
export async function ensureEngine(): Promise<void> {
  await ensurePrerequisites('docker', 'compose');
  if (await engineVersion()) return;
  const elsewhere = process.env.DOCKER_HOST;
  if (elsewhere)
    throw new Stop(`No Docker engine answers at DOCKER_HOST=${elsewhere}. Start it, or unset DOCKER_HOST.`);
  if (process.getuid?.() !== 0)
    throw new Stop(
      'No Docker engine answers, and only root may start one. Start Docker, or join the group docker.',
    );
  await ensurePrerequisites('engine');
  await (hasSystemd() ? startService() : startDetached());
}
