import { compareQuantity, type Container, type PodSpec } from '@own-kube/api';

/** Guaranteed: limits for all, equal to the requests. BestEffort: none at all. Burstable: what is between. */
export function qosClass(spec: PodSpec | undefined): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  if (containers.every(asksForNothing)) return 'BestEffort';
  return containers.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

const computed = ['cpu', 'memory'];

const asksForNothing = ({ resources }: Container): boolean =>
  computed.every((name) => !resources?.limits[name] && !resources?.requests[name]);

const isGuaranteed = ({ resources }: Container): boolean =>
  computed.every((name) => {
    const limit = resources?.limits[name];
    return limit !== undefined && compareQuantity(resources?.requests[name] ?? limit, limit) === 0;
  });
