import { type Container, milliValue, type Node, type Pod, wholeValue } from '@own-kube/api';

/** Amounts of what pods share on a node. */
export interface Resources {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

/** Nothing. */
export const noResources: Resources = { cpuMillis: 0, memoryBytes: 0 };

/** What a container without requests is taken to need where load is compared, as Kubernetes takes it. */
const assumedNeed: Resources = { cpuMillis: 100, memoryBytes: 200 * 1024 * 1024 };

export const add = (a: Resources, b: Resources): Resources => ({
  cpuMillis: a.cpuMillis + b.cpuMillis,
  memoryBytes: a.memoryBytes + b.memoryBytes,
});

export const subtract = (a: Resources, b: Resources): Resources => ({
  cpuMillis: a.cpuMillis - b.cpuMillis,
  memoryBytes: a.memoryBytes - b.memoryBytes,
});

const largest = (a: Resources, b: Resources): Resources => ({
  cpuMillis: Math.max(a.cpuMillis, b.cpuMillis),
  memoryBytes: Math.max(a.memoryBytes, b.memoryBytes),
});

/** What is set aside for a pod: the sum of its containers, or its greediest init container if that is more. */
export const requestsOf = (pod: Pod): Resources => ofContainers(pod, noResources);

/** What a pod is taken to need: what it requests, and for a container that requests nothing a usual amount. */
export const needsOf = (pod: Pod): Resources => ofContainers(pod, assumedNeed);

function ofContainers({ spec }: Pod, unstated: Resources): Resources {
  const sum = (spec?.containers ?? []).map((one) => ofContainer(one, unstated)).reduce(add, noResources);
  return (spec?.initContainers ?? []).map((one) => ofContainer(one, unstated)).reduce(largest, sum);
}

/** A limit without a request is also the request. */
function ofContainer({ resources }: Container, unstated: Resources): Resources {
  const cpu = resources?.requests['cpu'] ?? resources?.limits['cpu'];
  const memory = resources?.requests['memory'] ?? resources?.limits['memory'];
  return {
    cpuMillis: cpu ? milliValue(cpu) : unstated.cpuMillis,
    memoryBytes: memory ? wholeValue(memory) : unstated.memoryBytes,
  };
}

/** What a node has for pods, and how many pods it takes. */
export function allocatableOf({ status }: Node): Resources & { readonly pods: number } {
  const { cpu, memory, pods } = status?.allocatable ?? {};
  return { cpuMillis: milliValue(cpu), memoryBytes: wholeValue(memory), pods: wholeValue(pods) };
}
