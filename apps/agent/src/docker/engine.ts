/**
 * The container engine, as the agent needs it: the port of this folder. Everything may be repeated: to start what
 * runs, to kill what has ended, to remove what is gone is success. Failures are ApiErrors: NotFound, AlreadyExists (a
 * container's name is taken), Invalid (the engine refuses the request), Unavailable (the engine does not answer),
 * DeadlineExceeded, Internal.
 */
export interface ContainerEngine {
  /** Who the engine is; fails when it does not answer. */
  info(signal: AbortSignal): Promise<EngineInfo>;
  /** All containers, running or not, that carry every one of these labels. */
  list(labels: Labels, signal: AbortSignal): Promise<ListedContainer[]>;
  /** One container; undefined when there is none of that id. */
  inspect(id: string, signal: AbortSignal): Promise<EngineContainer | undefined>;
  /** Makes a container and returns its id. */
  create(container: NewContainer, signal: AbortSignal): Promise<string>;
  start(id: string, signal: AbortSignal): Promise<void>;
  /** Sends a signal, as "SIGTERM", to the container's first process. */
  kill(id: string, killSignal: string, signal: AbortSignal): Promise<void>;
  /** Kills and removes a container with its anonymous volumes. */
  remove(id: string, signal: AbortSignal): Promise<void>;
  /** The id of an image that the engine has; undefined when it has none of that name. */
  imageId(image: string, signal: AbortSignal): Promise<string | undefined>;
  /** Fetches an image from its registry. */
  pull(image: string, options: PullOptions): Promise<void>;
  /**
   * What happens to the containers with these labels, for ever. The stream mends itself: after each break it goes on
   * where it was. `connected` says that something may have been missed all the same: look at everything.
   */
  events(labels: Labels, signal: AbortSignal): AsyncIterable<EngineEvent>;
}

export type Labels = Readonly<Record<string, string>>;

export interface EngineInfo {
  /** "28.2.2" */
  readonly version: string;
  /** "Debian GNU/Linux 12 (bookworm)" */
  readonly operatingSystem: string;
}

export type EngineState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

/** A container, as the list has it. */
export interface ListedContainer {
  readonly id: string;
  readonly state: EngineState;
  readonly labels: Labels;
}

/** A container, as it is now. Times are in milliseconds; undefined: not yet. */
export interface EngineContainer {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
  readonly state: EngineState;
  /** The host's id of its first process; 0 when it does not run. */
  readonly pid: number;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** Why it could not be started; empty when it could. */
  readonly error: string;
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** The image as it was asked for, and the id of what that was. */
  readonly image: string;
  readonly imageId: string;
  /** "none", "host", "container:<id>", ... */
  readonly networkMode: string;
  /** What asks it to end: the image's STOPSIGNAL, or "SIGTERM". */
  readonly stopSignal: string;
}

/** A container to be made. Left out: the image's or the engine's own. */
export interface NewContainer {
  readonly name: string;
  readonly image: string;
  readonly labels: Labels;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** "NAME=value" */
  readonly env?: readonly string[];
  readonly workingDir?: string;
  readonly hostname?: string;
  readonly stdin?: boolean;
  readonly stdinOnce?: boolean;
  readonly tty?: boolean;
  /** "none", "host", "container:<id>" */
  readonly networkMode: string;
  /** "shareable", "container:<id>" */
  readonly ipcMode: string;
  /** Seconds that whoever stops it by hand leaves it. */
  readonly stopTimeoutSeconds?: number;
  readonly limits?: ContainerLimits;
}

export interface ContainerLimits {
  /** CPU time, in thousandths of a core. */
  readonly cpuMillis?: number;
  /** The share under contention; 1024 is one core's. */
  readonly cpuShares?: number;
  readonly memoryBytes?: number;
}

export interface PullOptions {
  readonly signal: AbortSignal;
  /** Called as layers come in. */
  readonly onProgress?: (progress: PullProgress) => void;
}

/** How far a pull is. Bytes of the layers that have begun. */
export interface PullProgress {
  readonly layers: number;
  readonly layersDone: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export type EngineEvent =
  | { readonly type: 'connected' }
  | { readonly type: 'disconnected'; readonly error: Error }
  | { readonly type: 'container'; readonly action: string; readonly id: string; readonly labels: Labels };
