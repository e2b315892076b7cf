import type { Violation } from '../../errors';
import type { PodSpec } from '../../generated/index.ownkube.core.v1';
import { checkDns1123Subdomain, checkLabels } from '../names';
import { checkOneOf, required } from '../rules';
import { checkContainers } from './containers';
import { checkPodSpecRules } from './pod-spec-rules';

/** What is wrong with the spec of a pod, by itself. */
export function checkPodSpec(spec: PodSpec | undefined, field: string): Violation[] {
  if (!spec) return [required(field)];
  const { containers, initContainers, nodeName, terminationGracePeriodSeconds: grace } = spec;
  return [
    ...(containers.length === 0
      ? [{ field: `${field}.containers`, description: 'is required: at least one container' }]
      : checkContainers(containers, `${field}.containers`, spec)),
    ...checkContainers(initContainers, `${field}.initContainers`, spec),
    ...checkOneOf(spec.restartPolicy, ['Always', 'OnFailure', 'Never'], `${field}.restartPolicy`),
    ...(grace !== undefined && grace < 0
      ? [{ field: `${field}.terminationGracePeriodSeconds`, description: 'must not be negative' }]
      : []),
    ...(nodeName ? checkDns1123Subdomain(nodeName, `${field}.nodeName`) : []),
    ...checkLabels(spec.nodeSelector, `${field}.nodeSelector`),
    ...checkPodSpecRules(spec, field),
  ];
}
