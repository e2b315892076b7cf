/** Which range a node takes. */
import { containsCidr, overlaps, sizeOf, type Cidr } from '../ipv4';

/** From what a range is picked. */
export interface PickOptions {
  readonly cluster: Cidr;
  /** The length of the prefix of a node's range. */
  readonly bits: number;
  /** Ranges of other nodes. */
  readonly taken: readonly Cidr[];
  /** The range that the node had: taken again if it can be, so that its pods keep their addresses. */
  readonly had?: Cidr | undefined;
}

/** The range that the node had, or the lowest free one; undefined where none is free. */
export function pickPodCidr({ cluster, bits, taken, had }: PickOptions): Cidr | undefined {
  const isFree = (cidr: Cidr) => !taken.some((other) => overlaps(other, cidr));
  if (had?.bits === bits && containsCidr(cluster, had) && isFree(had)) return had;
  const step = 2 ** (32 - bits);
  for (let base = cluster.base; base < cluster.base + sizeOf(cluster); base += step) {
    if (isFree({ base, bits })) return { base, bits };
  }
  return undefined;
}
