import type { Container, Pod } from '@own-kube/api';

interface StepArgs {
  createSandbox: { pod: Pod; attempt: number };
  removeSandbox: { id: string; reason: string };
  attachNetwork: { pod: Pod; sandboxId: string };
  detachNetwork: { uid: string };
  pullImage: { uid: string; container: Container; attempt: number };
  createAndStartContainer: {
    pod: Pod;
    container: Container;
    attempt: number;
    backOffStep: number;
    sandboxId: string;
    podIP: string;
  };
  startContainer: { id: string; container: string };
  killContainer: { id: string; container: string; killSignal: string; reason: string };
  removeContainer: { id: string; container: string; reason: string };
  deletePodObject: { pod: Pod };
  waitUntil: { at: number; for: string };
}

/** What is done for a pod in one round. No step waits for the outside world: what takes its time wakes the pod later. */
export type Step = { [A in keyof StepArgs]: { readonly action: A } & Readonly<StepArgs[A]> }[keyof StepArgs];

/** One kind of step. */
export type StepOf<A extends Step['action']> = Extract<Step, { action: A }>;
