import { closeLogger, createLogger } from './logger';
import { HelpRequested, SettingsError } from './settings-error';

/** What a main function gets of the process. */
export interface MainContext {
  readonly env: NodeJS.ProcessEnv;
  /** The arguments after the program's name. */
  readonly argv: string[];
  /** Aborted by SIGTERM or SIGINT, and when main fails: end, then return. */
  readonly signal: AbortSignal;
}

/** How long what still runs may take to end after main is done. */
const graceMs = 10_000;

/**
 * Runs an app: the only place that touches the process. The exit code is 0 when `main` returns, 2 for wrong settings
 * (a sentence for each on standard error), 1 when it fails (logged with its stack). A second signal, or anything that
 * is still running ten seconds after the end, ends the process at once.
 */
export function runMain(app: string, main: (context: MainContext) => Promise<void>): void {
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    if (stop.signal.aborted) process.exit(128 + (name === 'SIGINT' ? 2 : 15));
    stop.abort(new Error(`${app} was stopped by ${name}.`));
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  process.on('uncaughtException', (error) => {
    void report(app, 'uncaught error', error).finally(() => process.exit(1));
  });
  main({ env: process.env, argv: process.argv.slice(2), signal: stop.signal })
    .catch(async (error: unknown) => {
      const stoppedByUs = stop.signal.aborted && isAbort(error, stop.signal);
      if (!stoppedByUs) process.exitCode = await fail(app, error);
    })
    .finally(() => {
      stop.abort(new Error(`${app} has ended.`));
      setTimeout(() => process.exit(), graceMs).unref();
    });
}

/** Says why main failed; returns the exit code. */
async function fail(app: string, error: unknown): Promise<number> {
  if (error instanceof HelpRequested) {
    process.stdout.write(`${error.message}\n`);
    return 0;
  }
  if (error instanceof SettingsError) {
    process.stderr.write(`${app}: ${error.message}\n`);
    return 2;
  }
  await report(app, 'ended by an error', error);
  return 1;
}

async function report(app: string, message: string, error: unknown): Promise<void> {
  const log = createLogger({ component: app, level: 'error' });
  log.error(message, { error: error instanceof Error ? error : new Error(String(error)) });
  await closeLogger(log);
}

/** Whether an error only says that the signal was aborted. */
const isAbort = (error: unknown, signal: AbortSignal): boolean =>
  error === signal.reason || (error instanceof Error && error.name === 'AbortError');
