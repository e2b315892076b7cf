/** Makes, mends and takes away the devices of pods. What they should be is plan-pod.ts. */
import { ApiError } from '@own-kube/api';
import { createBatcher, type Outcome } from '../batcher';
import type { Converse, Exec } from '../exec';
import { applyLines, failureOf, runLines, type LineFailure } from './batch';
import { createIpSession } from './ip-session';
import { observeNetwork, type SeenNetwork } from './observe-node';
import { leakLines, type Leaks, type Leased } from './plan-leaks';
import {
  attachLines,
  detachLines,
  diffPair,
  findPodDevice,
  isOurs,
  planPort,
  podLines,
  podRemovalLines,
  type PodWiring,
} from './plan-pod';
import type { PodNetns } from './pod-netns';
import { createPodSide } from './pod-side';

/** The devices of pods. */
export interface PodLinks {
  /** Makes the devices of a pod that has none. On failure some of them may be there: detach takes them away. */
  attach(pod: PodWiring, netns: PodNetns): Promise<void>;
  /** Makes sure of the devices of a pod that may have them, and returns what was wrong. */
  ensure(pod: PodWiring, netns: PodNetns): Promise<string[]>;
  /** Takes a pod's devices and its route away, as far as they are there. */
  detach(pod: Leased): Promise<void>;
  /**
   * Takes away what belongs to nobody. It waits in one row with attach: an attach that is asked for after this call
   * makes its devices after they were taken away, so leaks that were found just before the call may be given.
   */
  removeLeaks(leaks: Leaks): Promise<void>;
  /** Ends what runs for it. Devices stay. */
  close(): void;
}

interface Change {
  readonly lines: readonly string[];
  readonly makes: readonly string[];
}

/** What PodLinks needs. */
export interface PodLinksOptions {
  readonly exec: Exec;
  readonly converse: Converse;
  /** A folder for texts that live for one command. */
  readonly dir: string;
}

/** Makes a PodLinks for the namespace in which commands run. */
export function createPodLinks({ exec, converse, dir }: PodLinksOptions): PodLinks {
  const session = createIpSession(converse);
  const podSide = createPodSide({ exec, dir });
  let running = 0;

  const change = createBatcher<Change>(async (items) => {
    const lines = items.map((item) => item.lines);
    const failures = await session.run(
      lines.flat(),
      items.flatMap((item) => item.makes),
    );
    return outcomes(lines, failures);
  });

  const removePair = createBatcher<Leased>(async (pods) => {
    const lines = detachLines(pods);
    await applyLines(exec, ['ip'], lines, 'Could not take devices of pods away');
    return [];
  });

  async function attach(pod: PodWiring, netns: PodNetns): Promise<void> {
    const isAlone = running++ === 0;
    try {
      const paired = change({ lines: attachLines(pod, netns.path), makes: [pod.veth] });
      const lines = podLines(pod);
      if (isAlone)
        await Promise.all([
          paired,
          podSide.runAlone(
            netns,
            paired.then(() => lines),
          ),
        ]);
      else await paired.then(() => podSide.runShared({ netns, lines, name: pod.veth }));
    } finally {
      running--;
    }
  }

  async function ensure(pod: PodWiring, netns: PodNetns): Promise<string[]> {
    const [node, inside] = await Promise.all([observeNetwork(exec), observeNetwork(exec, netns.fd)]);
    const reason = diffPair(pod, { nodeLinks: node.links, podLinks: inside.links, podRoutes: inside.routes });
    if (reason === undefined) return mendPort(pod, node);
    await removeLeftOver(pod, inside, netns);
    await attach(pod, netns);
    return [reason];
  }

  async function mendPort(pod: PodWiring, node: SeenNetwork): Promise<string[]> {
    const repairs = planPort(pod, node);
    const lines = repairs.flatMap((repair) => repair.lines);
    await applyLines(exec, ['ip'], lines, `Could not mend ${pod.veth}`);
    return repairs.map((repair) => repair.reason);
  }

  async function removeLeftOver(pod: PodWiring, inside: SeenNetwork, netns: PodNetns): Promise<void> {
    const device = findPodDevice({ podLinks: inside.links });
    if (device && !isOurs(device)) throw foreignDevice(pod);
    await removePair(pod);
    // It went with the node's end, if it was the other end of it.
    if (device) await runLines(exec, inPod, podRemovalLines(), [netns.fd]);
  }

  return {
    attach,
    ensure,
    detach: removePair,
    removeLeaks: (leaks) => change({ lines: leakLines(leaks), makes: [] }),
    close: () => session.close(),
  };
}

const inPod = ['nsenter', '--net=/proc/self/fd/3', 'ip'] as const;

/** Gives each item the failures of its own lines. */
function outcomes(items: readonly (readonly string[])[], failures: readonly LineFailure[]): Outcome[] {
  let start = 0;
  return items.map((lines) => {
    const first = start;
    start += lines.length;
    const own = failures
      .filter(({ line }) => line >= first && line < first + lines.length)
      .map(({ line, text }) => ({ line: line - first, text }));
    return failureOf('Could not change the devices of pods', lines, own);
  });
}

const foreignDevice = ({ ip }: PodWiring): ApiError =>
  new ApiError(
    'FailedPrecondition',
    `The namespace to get ${ip} has an eth0 that is not ours: start the sandbox with the network mode "none".`,
  );
