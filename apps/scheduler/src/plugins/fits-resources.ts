import { add } from '../resources';
import type { Filter } from './plugin';

/** The node has room for one more pod, and for what this one requests. */
export const fitsResources: Filter = ({ requests }, { allocatable, requested, pods }) => {
  const total = add(requested, requests);
  return [
    ...(pods + 1 > allocatable.pods ? ['Too many pods'] : []),
    // What asks for nothing fits also where too much was given away.
    ...(requests.cpuMillis > 0 && total.cpuMillis > allocatable.cpuMillis ? ['Insufficient cpu'] : []),
    ...(requests.memoryBytes > 0 && total.memoryBytes > allocatable.memoryBytes
      ? ['Insufficient memory']
      : []),
  ];
};
