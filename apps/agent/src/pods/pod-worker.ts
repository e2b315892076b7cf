import type { Pod } from '@own-kube/api';
import type { WorkQueue } from '@own-kube/client';
import type { Logger } from '@own-kube/process';
import type { ApplyStep } from './apply-step';
import type { ImagePulls } from './image-pulls';
import type { Observe } from './observe';
import type { ObservedPod } from './observed';
import { planPod } from './plan-pod';
import type { PodSource } from './pod-source';
import { podStatus } from './pod-status';
import type { Records } from './records';
import type { StatusReporter } from './status-reporter';
import { subjectOf, toProblem } from './step-problem';
import type { Step } from './steps';

export interface PodWorkerDeps {
  readonly pods: PodSource;
  readonly observe: Observe;
  readonly applyStep: ApplyStep;
  readonly reporter: StatusReporter;
  readonly records: Records;
  readonly pulls: ImagePulls;
  readonly queue: WorkQueue<string>;
  readonly nodeIP: string;
  readonly log: Logger;
}

/** One round of a pod, by its uid: look, report, plan, act. What it did brings on the next round. */
export function createPodWorker(deps: PodWorkerDeps): (uid: string, signal: AbortSignal) => Promise<void> {
  const { pods, observe, reporter, records, pulls, queue, nodeIP } = deps;
  return async (uid, signal) => {
    const known = pods.byUid(uid);
    const pod = known && reporter.withLastStatus(known);
    const seen = await observe(uid, pod, signal);
    if (pod) reporter.report(pod, podStatus(pod, seen, nodeIP));
    const steps = planPod(uid, pod, seen);
    if (!pod && steps.length === 0) {
      for (const memory of [records, pulls, reporter]) memory.forget(uid);
      return;
    }
    wakeLater(queue, { uid, steps, seen });
    const doable = steps.filter(({ action }) => action !== 'waitUntil');
    await applySteps(deps, { uid, pod, steps: doable, signal });
    if (doable.length > 0) queue.add(uid);
  };
}

interface Round {
  readonly uid: string;
  readonly pod: Pod | undefined;
  readonly steps: readonly Step[];
  readonly signal: AbortSignal;
}

/** All at once: they are independent. One that fails keeps no other from being done; the round fails afterwards. */
async function applySteps(deps: PodWorkerDeps, { uid, pod, steps, signal }: Round): Promise<void> {
  const { problems } = deps.records.of(uid);
  const failures: unknown[] = [];
  const apply = async (step: Step) => {
    logStep(deps.log, step, { uid, pod });
    try {
      await deps.applyStep(uid, step, signal);
      problems.delete(subjectOf(step));
    } catch (error) {
      problems.set(subjectOf(step), toProblem(step, error));
      failures.push(error);
    }
  };
  await Promise.all(steps.map(apply));
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} steps failed`);
}

function logStep(log: Logger, step: Step, { uid, pod }: Pick<Round, 'uid' | 'pod'>): void {
  const { namespace, name } = pod?.metadata ?? {};
  const container = subjectOf(step) || undefined;
  const reason = 'reason' in step ? step.reason : undefined;
  log.info(step.action, { kind: 'Pod', namespace, name, uid, container, reason });
}

/** When the first wait is over there is something to do, whatever becomes of the other steps. */
function wakeLater(
  queue: WorkQueue<string>,
  { uid, steps, seen }: { uid: string; steps: readonly Step[]; seen: ObservedPod },
): void {
  const ends = steps.flatMap((step) => (step.action === 'waitUntil' ? [step.at] : []));
  if (ends.length > 0) queue.addAfter(uid, Math.max(0, Math.min(...ends) - seen.now));
}
