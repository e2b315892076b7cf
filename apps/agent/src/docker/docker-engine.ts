import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { Clock } from '@own-kube/process';
import { ApiError } from '@own-kube/api';
import { createConnector, type Connector } from './connect';
import { buildCreateOptions } from './create-options';
import type { ContainerEngine, EngineState, Labels } from './engine';
import { isConnectionFailure, statusOf } from './errors';
import { streamEvents } from './events';
import { fromInspect } from './from-inspect';
import { parseImageRef } from './image-ref';
import { parseJsonLines } from './json-lines';
import { createPullProgress } from './pull-progress';

export interface DockerOptions {
  /** "/var/run/docker.sock" */
  readonly socketPath: string;
  readonly clock: Clock;
}

/** How long a look may take, and how long a change. */
const readMs = 30_000;
const changeMs = 120_000;

/** The engine that is Docker, through dockerode. Connects at the first call. */
export function createDockerEngine({ socketPath, clock }: DockerOptions): ContainerEngine {
  const connector = createConnector(socketPath);
  const { read, change } = createCalls(connector);

  return {
    info: (signal) =>
      read('ask Docker for its version', signal, async (docker) => {
        const [{ Version }, info] = await Promise.all([
          docker.version(),
          docker.info() as Promise<SystemInfo>,
        ]);
        return { version: Version, operatingSystem: info.OperatingSystem };
      }),
    list: (labels, signal) =>
      read('list containers', signal, async (docker, abortSignal) => {
        const rows = await docker.listContainers({
          all: true,
          filters: { label: formatLabels(labels) },
          abortSignal,
        });
        return rows.map(({ Id, State, Labels }) => ({ id: Id, state: State as EngineState, labels: Labels }));
      }),
    inspect: (id, signal) =>
      read(`inspect container ${id}`, signal, async (docker, abortSignal) => {
        const info = await expected([404], docker.getContainer(id).inspect({ abortSignal }));
        return info && fromInspect(info);
      }),
    create: async (container, signal) =>
      change(`create container ${container.name}`, signal, async (docker, abortSignal) => {
        const options = { ...buildCreateOptions(container), abortSignal };
        const created = await expected([409], docker.createContainer(options));
        if (!created) throw new ApiError('AlreadyExists', `There is a container ${container.name} already.`);
        return created.id;
      }),
    start: (id, signal) =>
      change(`start container ${id}`, signal, async (docker, abortSignal) => {
        await expected([304], docker.getContainer(id).start({ abortSignal }));
      }),
    kill: (id, killSignal, signal) =>
      change(`send ${killSignal} to container ${id}`, signal, async (docker, abortSignal) => {
        // 409: it does not run any more.
        await expected([404, 409], docker.getContainer(id).kill({ signal: killSignal, abortSignal }));
      }),
    remove: (id, signal) =>
      change(`remove container ${id}`, signal, async (docker, abortSignal) => {
        // 409: somebody else is removing it.
        await expected([404, 409], docker.getContainer(id).remove({ force: true, v: true, abortSignal }));
      }),
    imageId: async (image, signal) => {
      if (!parseImageRef(image)) return undefined;
      return read(`look for image "${image}"`, signal, async (docker, abortSignal) => {
        const options: object = { abortSignal };
        const info = await expected([404], docker.getImage(image).inspect(options));
        return info?.Id;
      });
    },
    pull: (image, { signal, onProgress }) =>
      connector.call(`pull image "${image}"`, signal, async (docker) => {
        const ref = parseImageRef(image);
        if (!ref) throw new ApiError('Invalid', `"${image}" is not the name of an image.`);
        const options: object = { fromImage: ref.name, tag: ref.tag, abortSignal: signal };
        const stream = await docker.createImage(options);
        const add = createPullProgress(image);
        for await (const message of parseJsonLines(stream as Readable)) {
          const progress = add(message);
          onProgress?.(progress);
        }
      }),
    events: (labels, signal) =>
      streamEvents({ open: (since) => openEvents(connector, { labels, since, signal }), clock, signal }),
  };
}

type Use<T> = (docker: Docker, signal: AbortSignal) => Promise<T>;
type Call = <T>(what: string, signal: AbortSignal, use: Use<T>) => Promise<T>;

/** Calls with a deadline each: there is none for the connection as a whole, which streams for hours. */
function createCalls(connector: Connector): { read: Call; change: Call } {
  const within =
    (ms: number): Call =>
    (what, signal, use) => {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
      return connector.call(what, deadline, (docker) => use(docker, deadline));
    };
  const change = within(changeMs);
  return {
    change,
    // An idle connection that the engine closed shows only when it is used: a look may be repeated.
    read: (what, signal, use) =>
      within(readMs)(what, signal, async (docker, deadline) => {
        try {
          return await use(docker, deadline);
        } catch (error) {
          if (!isConnectionFailure(error)) throw error;
          return use(docker, deadline);
        }
      }),
  };
}

interface EventsOptions {
  readonly labels: Labels;
  readonly since: string | undefined;
  readonly signal: AbortSignal;
}

function openEvents(
  connector: Connector,
  { labels, since, signal }: EventsOptions,
): Promise<AsyncIterable<Uint8Array>> {
  return connector.call('follow the events of Docker', signal, async (docker) => {
    const filters = { type: ['container'], label: formatLabels(labels) };
    // The types say that since is a number, which cannot hold nanoseconds, and do not know the signal.
    const options: object = { filters, abortSignal: signal, ...(since && { since }) };
    return (await docker.getEvents(options)) as Readable;
  });
}

/** Undefined where the engine answers with one of these codes, which are no failure. */
async function expected<T>(codes: readonly number[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (codes.includes(statusOf(error) ?? 0)) return undefined;
    throw error;
  }
}

interface SystemInfo {
  readonly OperatingSystem: string;
}

const formatLabels = (labels: Labels): string[] =>
  Object.entries(labels).map(([name, value]) => `${name}=${value}`);
