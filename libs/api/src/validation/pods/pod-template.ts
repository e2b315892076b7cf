import type { Violation } from '../../errors';
import type { PodTemplateSpec } from '../../generated/index.ownkube.core.v1';
import { checkAnnotations, checkLabels } from '../names';
import { required } from '../rules';
import { checkPodSpec } from './pod-spec';

/** What is wrong with the pods that a workload would make. */
export function checkPodTemplate(template: PodTemplateSpec | undefined, field: string): Violation[] {
  if (!template) return [required(field)];
  return [
    ...checkLabels(template.metadata?.labels ?? {}, `${field}.metadata.labels`),
    ...checkAnnotations(template.metadata?.annotations ?? {}, `${field}.metadata.annotations`),
    ...checkPodSpec(template.spec, `${field}.spec`),
  ];
}
