import { add, requestsOf } from '../resources';
import type { Filter } from './plugin';

/** The node has room for one more pod, and for what this one requests. */
export const fitsResources: Filter = (pod, { allocatable, requested, pods }) => {
  const request = requestsOf(pod);
  const total = add(requested, request);
  return [
    ...(pods + 1 > allocatable.pods ? ['Too many pods'] : []),
    // What asks for nothing fits also where too much was given away.
    ...(request.cpuMillis > 0 && total.cpuMillis > allocatable.cpuMillis ? ['Insufficient cpu'] : []),
    ...(request.memoryBytes > 0 && total.memoryBytes > allocatable.memoryBytes
      ? ['Insufficient memory']
      : []),
  ];
};
