import { createLogger as createWinston, format, type Logger, transports } from 'winston';
import { formatForPerson } from './log-format';
import { formatError } from './format-error';

export type { Logger };

/** Who logs, and how much. */
export interface LoggerOptions {
  /** The part of the system: "agent". */
  readonly component: string;
  /** The least level that is logged. */
  readonly level: string;
  /** The node, for what runs on one. */
  readonly node?: string | undefined;
  /** Where the lines go. Default: standard output, and nowhere else. */
  readonly output?: NodeJS.WriteStream | NodeJS.WritableStream;
}

/**
 * A logger of JSON lines, for a person's eyes where the output is a terminal:
 * `log.info('container started', { kind: 'Pod', namespace, name, container })`. Errors may be given as values of the
 * context (`{ error }`) and are written with stack and causes. Writes are synchronous, so nothing is lost at the end.
 */
export function createLogger({ component, level, node, output = process.stdout }: LoggerOptions): Logger {
  const lines = 'isTTY' in output && output.isTTY ? formatForPerson() : format.json();
  return createWinston({
    level,
    defaultMeta: { component, ...(node === undefined ? {} : { node }) },
    format: format.combine(errorsAsText(), format.timestamp(), lines),
    transports: [new transports.Stream({ stream: output, handleExceptions: false })],
    exitOnError: false,
  });
}

/** Ends a logger; resolves when its lines are written, or after a second if they cannot be. */
export function closeLogger(log: Logger): Promise<void> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(resolve, 1000);
    log.once('finish', () => {
      clearTimeout(giveUp);
      resolve();
    });
    log.end();
  });
}

/** JSON has no form for errors: they would become {}. */
const errorsAsText = format((info) => {
  for (const [key, value] of Object.entries(info)) if (value instanceof Error) info[key] = formatError(value);
  return info;
});
