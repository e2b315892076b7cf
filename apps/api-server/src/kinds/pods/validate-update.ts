import { type Container, type Pod, PodSpec, type Violation } from '@own-kube/api';
import { deepEqual } from '../../registry/deep-equal';

/** A pod is not changed once it is made, but for its images, more tolerations, and a nearer deadline. */
export function checkPodUpdate(next: Pod, current: Pod): Violation[] {
  const [after, before] = [next.spec ?? PodSpec.fromPartial({}), current.spec ?? PodSpec.fromPartial({})];
  return [
    ...checkFixed(after, before),
    ...checkTolerations(after, before),
    ...checkDeadline(after.activeDeadlineSeconds, before.activeDeadlineSeconds),
  ];
}

const mayChange = new Set(['containers', 'initContainers', 'tolerations', 'activeDeadlineSeconds']);

function checkFixed(after: PodSpec, before: PodSpec): Violation[] {
  const fields = (Object.keys({ ...before, ...after }) as (keyof PodSpec)[]).filter(
    (name) => !mayChange.has(name) && !deepEqual(after[name], before[name]),
  );
  return [
    ...fields.map((name) => forbidden(`spec.${name}`)),
    ...checkContainers(after.containers, before.containers, 'spec.containers'),
    ...checkContainers(after.initContainers, before.initContainers, 'spec.initContainers'),
  ];
}

function checkContainers(
  after: readonly Container[],
  before: readonly Container[],
  field: string,
): Violation[] {
  if (after.length !== before.length)
    return [{ field, description: 'Forbidden: an update may not add or remove containers' }];
  return after.flatMap((container, index) =>
    deepEqual({ ...container, image: '' }, { ...before[index], image: '' })
      ? []
      : [forbidden(`${field}[${index}]`)],
  );
}

const forbidden = (field: string): Violation => ({
  field,
  description:
    'Forbidden: an update may not change it; of a pod only spec.containers[*].image, spec.initContainers[*].image, ' +
    'spec.activeDeadlineSeconds and spec.tolerations (additions) may change',
});

const checkTolerations = (after: PodSpec, before: PodSpec): Violation[] =>
  before.tolerations.every((old) => after.tolerations.some((toleration) => deepEqual(toleration, old)))
    ? []
    : [{ field: 'spec.tolerations', description: 'Forbidden: an update may only add tolerations' }];

function checkDeadline(after: number | undefined, before: number | undefined): Violation[] {
  if (after === before || (after !== undefined && (before === undefined || after < before))) return [];
  return [
    {
      field: 'spec.activeDeadlineSeconds',
      description: `must be less than or equal to the deadline there was, ${before}`,
    },
  ];
}
