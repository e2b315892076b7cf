import { compareQuantity, type Container, parseQuantity, type PodSpec, type Quantity } from '@own-kube/api';

const counted = ['cpu', 'memory'] as const;
const isSome = (quantity: Quantity | undefined): boolean =>
  (parseQuantity(quantity?.string ?? '0')?.nanos ?? 0n) > 0n;

/** Guaranteed, Burstable or BestEffort: how much of what its containers may use is set aside for them. */
export function qosClass({ containers, initContainers }: PodSpec): string {
  const all = [...containers, ...initContainers];
  if (all.every(asksNothing)) return 'BestEffort';
  return all.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

const asksNothing = ({ resources }: Container): boolean =>
  counted.every((name) => !isSome(resources?.requests[name]) && !isSome(resources?.limits[name]));

const isGuaranteed = ({ resources }: Container): boolean =>
  counted.every((name) => {
    const limit = resources?.limits[name];
    return isSome(limit) && compareQuantity(resources?.requests[name], limit) === 0;
  });
