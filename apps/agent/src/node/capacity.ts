import { cpuQuantity, memoryQuantity, milliValue, wholeValue, type Quantity } from '@own-kube/api';

/** What a node has for pods, by the name of the resource. */
export type Capacity = Record<string, Quantity>;

/** At most so many pods run on a node, as on Kubernetes' own. */
const mostPods = '110';

export interface CapacityOptions {
  /** Cores of the machine. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** Quantities that count instead of the machine's: several nodes may share one machine. */
  readonly cpus?: string | undefined;
  readonly memory?: string | undefined;
}

export const buildCapacity = ({ cores, memoryBytes, cpus, memory }: CapacityOptions): Capacity => ({
  cpu: cpuQuantity(cpus === undefined ? cores * 1000 : milliValue(cpus)),
  memory: memoryQuantity(memory === undefined ? memoryBytes : wholeValue(memory)),
  pods: { string: mostPods },
});
