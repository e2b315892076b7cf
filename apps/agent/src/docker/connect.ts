import { Agent } from 'node:http';
import Docker from 'dockerode';
import { ApiError } from '@own-kube/api';
import { isConnectionFailure, toApiError } from './errors';

/** The newest version of the engine's API that this client was tested with. */
const newestVersion = '1.50';

export interface Connector {
  /** Calls the engine, and names what was being done where it fails. Not ended by anything but the signal. */
  call<T>(what: string, signal: AbortSignal, use: (docker: Docker) => Promise<T>): Promise<T>;
}

/** Speaks to the engine on a socket. The API's version is agreed at the first call, and anew when the engine was away. */
export function createConnector(socketPath: string): Connector {
  // A pool of its own: long streams (events) take a connection each and must not use up the calls'.
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const open = (version?: string) => {
    // The types do not know the agent. The host is set so that DOCKER_HOST does not win over the socket.
    const options: Docker.DockerOptions & { agent: Agent } = { socketPath, agent, host: undefined, version };
    return new Docker(options);
  };
  let agreed: Promise<Docker> | undefined;

  const agree = async (): Promise<Docker> => {
    const { ApiVersion, MinAPIVersion } = (await open().version()) as {
      ApiVersion: string;
      MinAPIVersion?: string;
    };
    return open(`v${pickVersion(ApiVersion, MinAPIVersion)}`);
  };
  const connected = (): Promise<Docker> => {
    const attempt = (agreed ??= agree());
    attempt.catch(() => {
      if (agreed === attempt) agreed = undefined;
    });
    return attempt;
  };

  return {
    call: async (what, signal, use) => {
      try {
        return await unlessAborted(signal, async () => use(await connected()));
      } catch (error) {
        if (signal.aborted) throw abortError(what, signal);
        if (isConnectionFailure(error)) agreed = undefined;
        throw toApiError(what, error, socketPath);
      }
    },
  };
}

/**
 * The newest version that both sides know.
 * @throws ApiError FailedPrecondition when there is none.
 */
export function pickVersion(newestOfEngine: string, oldestOfEngine = '1.0'): string {
  if (compareVersions(oldestOfEngine, newestVersion) > 0) {
    throw new ApiError(
      'FailedPrecondition',
      `Docker speaks API ${oldestOfEngine} to ${newestOfEngine}, this agent at most ${newestVersion}: use a newer agent.`,
    );
  }
  return compareVersions(newestOfEngine, newestVersion) < 0 ? newestOfEngine : newestVersion;
}

function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

/** docker-modem does not always settle a call whose signal is aborted while its answer comes in: we do. */
async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function abortError(what: string, signal: AbortSignal): unknown {
  const reason: unknown = signal.reason;
  if (!(reason instanceof Error && reason.name === 'TimeoutError')) return reason;
  return new ApiError('DeadlineExceeded', `Cannot ${what}: Docker did not answer in time.`, {
    cause: reason,
  });
}
