import { add } from '../resources';
import type { Score } from './plugin';

/** The more of cpu and memory would be left, the better. */
export const scoreLeastAllocated: Score = ({ needs }, { allocatable, needed }) => {
  const total = add(needed, needs);
  return (
    (freeShare(total.cpuMillis, allocatable.cpuMillis) +
      freeShare(total.memoryBytes, allocatable.memoryBytes)) /
    2
  );
};

/** How much of the capacity is free, in percent. */
const freeShare = (used: number, capacity: number) =>
  capacity > 0 ? (100 * Math.max(0, capacity - used)) / capacity : 0;
