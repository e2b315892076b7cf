/** What is seen of a pod at the start of a round: all that a plan and a status may go by. Times in milliseconds. */
export interface ObservedPod {
  readonly now: number;
  /** Newest first: the first is the pod's, what follows is left over. */
  readonly sandboxes: readonly Sandbox[];
  /** Of all containers, the newest attempts first. */
  readonly instances: readonly Instance[];
  readonly network: ObservedNetwork;
  /** By the name of the container: whether its image is there, and what became of pulling it. Only of those that may be started. */
  readonly images: ReadonlyMap<string, ImageState>;
  /** By container id: when it was asked to end. */
  readonly stops: ReadonlyMap<string, number>;
  /** What failed last, by the name of the container; '' is the pod itself. */
  readonly problems: ReadonlyMap<string, Problem>;
}

export interface Sandbox {
  readonly id: string;
  readonly attempt: number;
  readonly running: boolean;
  /** The engine is taking it away. */
  readonly removing: boolean;
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
}

/** One attempt at a container, as the engine has it. */
export interface Instance {
  readonly id: string;
  readonly container: string;
  readonly attempt: number;
  readonly backOffStep: number;
  readonly specHash: string;
  readonly sandboxId: string;
  /** `created`: not started yet. `ended` also stands for one that could not be started; then `error` says why. */
  readonly state: 'created' | 'running' | 'ended' | 'removing';
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly error: string;
  readonly createdAt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly image: string;
  readonly imageId: string;
  readonly stopSignal: string;
}

/** What the agent knows of the pod's address. */
export interface ObservedNetwork {
  /** The address of the sandbox, once it has one. */
  readonly ip: string | undefined;
  /** Whether the proxy confirmed it of late: since the start of both, and since the last relist. */
  readonly fresh: boolean;
  /** Whether the address was given back. */
  readonly detached: boolean;
}

export interface ImageState {
  readonly present: boolean;
  readonly pull?: Pull | undefined;
}

/** A pull for one container of one pod. */
export type Pull =
  | { readonly state: 'pulling' }
  | { readonly state: 'pulled'; readonly attempt: number }
  | {
      readonly state: 'failed';
      readonly message: string;
      readonly failedAt: number;
      readonly retryAt: number;
    };

/** Why a step did not succeed. */
export interface Problem {
  /** As a container that waits gives it: "CreateContainerError". */
  readonly reason: string;
  readonly message: string;
}
