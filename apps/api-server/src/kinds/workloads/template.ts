/** What all workloads have: a number of pods, a selector of them, and the template that they are made from. */
import {
  checkLabelSelector,
  type LabelSelector,
  matchesLabels,
  type PodTemplateSpec,
  required,
  requirementsOf,
  type Violation,
} from '@own-kube/api';
import { podSpecDefaults } from '../pods/defaults';

/** The template with what a pod made from it would get anyway. */
export const templateDefaults = (template: PodTemplateSpec | undefined): PodTemplateSpec | undefined =>
  template && { ...template, spec: template.spec && podSpecDefaults(template.spec) };

/** The selector must select the template's pods, and not every pod there is. */
export function checkSelector(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
): Violation[] {
  const field = 'spec.selector';
  if (!selector) return [required(field)];
  if (Object.keys(selector.matchLabels).length + selector.matchExpressions.length === 0)
    return [{ field, description: 'must not be empty: it would select every pod of the namespace' }];
  const violations = checkLabelSelector(selector, field);
  if (violations.length > 0 || !template) return violations;
  return matchesLabels(requirementsOf(selector), template.metadata?.labels ?? {})
    ? []
    : [{ field: 'spec.template.metadata.labels', description: `must be selected by ${field}` }];
}

/** Pods of a workload that never ends are always started again. */
export const checkLasting = (template: PodTemplateSpec | undefined): Violation[] => [
  ...((template?.spec?.restartPolicy || 'Always') === 'Always'
    ? []
    : [
        {
          field: 'spec.template.spec.restartPolicy',
          description: `must be Always, got "${template?.spec?.restartPolicy}"`,
        },
      ]),
  ...(template?.spec?.activeDeadlineSeconds === undefined
    ? []
    : [
        {
          field: 'spec.template.spec.activeDeadlineSeconds',
          description: 'must not be set: these pods run without an end',
        },
      ]),
];
