import { milliValue, wholeValue, type ResourceRequirements } from '@own-kube/api';
import type { ContainerLimits } from '../docker/engine';

/** The kernel's least share, and what it calls a core's. */
const leastShares = 2;
const sharesPerCore = 1024;

/** Limits bound the container; the request (or, without one, the limit) of CPU weighs it against others. */
export function buildLimits(resources: ResourceRequirements | undefined): ContainerLimits {
  const cpu = resources?.limits['cpu'];
  const memory = resources?.limits['memory'];
  const request = resources?.requests['cpu'] ?? cpu;
  return {
    ...(cpu && { cpuMillis: milliValue(cpu) }),
    ...(memory && { memoryBytes: wholeValue(memory) }),
    cpuShares: Math.max(leastShares, Math.floor((milliValue(request) * sharesPerCore) / 1000)),
  };
}
