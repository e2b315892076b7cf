import type { Pod } from '@own-kube/api';
import type { NodeInfo } from './node-info';
import type { Plugins } from './plugins';

/** Where a pod goes, or why it goes nowhere: how many nodes each reason stands against. */
export type Pick = { node: string } | { unschedulable: ReadonlyMap<string, number>; nodes: number };

/** Picks the best of the nodes that can take the pod. Of equals the one with fewer pods, then the first by name. */
export function pickNode(pod: Pod, nodes: readonly NodeInfo[], { filters, scores }: Plugins): Pick {
  const reasons = new Map<string, number>();
  let best: { info: NodeInfo; score: number } | undefined;
  for (const info of nodes) {
    const against = reasonsAgainst(pod, info, filters);
    for (const reason of against) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (against.length > 0) continue;
    const score = scores.reduce((sum, one) => sum + one(pod, info), 0);
    if (!best || isBetter({ info, score }, best)) best = { info, score };
  }
  return best ? { node: nameOf(best.info) } : { unschedulable: reasons, nodes: nodes.length };
}

function reasonsAgainst(pod: Pod, info: NodeInfo, filters: Plugins['filters']): readonly string[] {
  for (const filter of filters) {
    const reasons = filter(pod, info);
    if (reasons.length > 0) return reasons;
  }
  return [];
}

type Candidate = { info: NodeInfo; score: number };

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (a.info.pods !== b.info.pods) return a.info.pods < b.info.pods;
  return nameOf(a.info) < nameOf(b.info);
}

const nameOf = ({ node }: NodeInfo): string => node.metadata?.name ?? '';
