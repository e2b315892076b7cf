import type { Pod } from '@own-kube/api';
import type { NodeInfo } from './node-info';
import type { Plugins } from './plugins';
import { type PodInfo, podInfoOf } from './pod-info';

/** Where a pod goes, or why it goes nowhere: how many nodes each reason stands against. */
export type Placement = { node: string } | { unschedulable: ReadonlyMap<string, number>; nodes: number };

interface Candidate {
  readonly info: NodeInfo;
  readonly score: number;
}

/** Picks the best of the nodes that can take the pod. Of equals the one with fewer pods, then the first by name. */
export function pickNode(pod: Pod, nodes: readonly NodeInfo[], { filters, scores }: Plugins): Placement {
  const podInfo = podInfoOf(pod);
  const reasons = new Map<string, number>();
  let best: Candidate | undefined;
  for (const info of nodes) {
    const against = reasonsAgainst(podInfo, info, filters);
    for (const reason of against) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (against.length > 0) continue;
    const score = scores.reduce((sum, one) => sum + one(podInfo, info), 0);
    if (!best || isBetter({ info, score }, best)) best = { info, score };
  }
  return best ? { node: nameOf(best.info) } : { unschedulable: reasons, nodes: nodes.length };
}

function reasonsAgainst(pod: PodInfo, info: NodeInfo, filters: Plugins['filters']): readonly string[] {
  for (const filter of filters) {
    const reasons = filter(pod, info);
    if (reasons.length > 0) return reasons;
  }
  return [];
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (a.info.pods !== b.info.pods) return a.info.pods < b.info.pods;
  return nameOf(a.info) < nameOf(b.info);
}

const nameOf = ({ node }: NodeInfo): string => node.metadata?.name ?? '';
