/** Servers and channels that live as long as one test. */
import { type ServiceDefinition } from '../definition';
import { type Channel, createChannel } from '../channel';
import { type Client, createClient } from '../client';
import { serve, type ServeOptions, type Serving } from '../server';
import type { Log, TlsFiles } from '../types';

/** What a log was told. */
export interface RecordedLog extends Log {
  readonly lines: { level: string; message: string; fields: object | undefined }[];
}

export function recordedLog(): RecordedLog {
  const lines: RecordedLog['lines'] = [];
  const at = (level: string) => (message: string, fields?: object) => lines.push({ level, message, fields });
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}

/** A running server, its log, and channels to it. */
export interface Running extends Serving {
  readonly log: RecordedLog;
  channel(tls?: TlsFiles): Channel;
  client<D extends ServiceDefinition>(definition: D, tls?: TlsFiles): Client<D>;
  /** Begins the shutdown; `closed` tells of its end. */
  stop(): void;
}

type StartOptions = Partial<Omit<ServeOptions, 'log'>> & { log?: RecordedLog };

/** Starts servers, and ends them with their channels after each test. */
export function useServers(): (options: StartOptions) => Promise<Running> {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  });
  return async (options) => {
    const stopping = new AbortController();
    const { log = recordedLog() } = options;
    const listen = '127.0.0.1:0';
    const serving = await serve({
      listen,
      services: [],
      log,
      graceMs: 200,
      ...options,
      signal: stopping.signal,
    });
    const channels: Channel[] = [];
    const channel = (tls?: TlsFiles) => {
      const made = createChannel({ address: serving.address, ...(tls ? { tls } : {}) });
      channels.push(made);
      return made;
    };
    const stop = () => stopping.abort();
    cleanups.push(async () => {
      channels.forEach((each) => each.close());
      stop();
      await serving.closed;
    });
    return {
      ...serving,
      log,
      channel,
      client: (definition, tls) => createClient(definition, channel(tls)),
      stop,
    };
  };
}
