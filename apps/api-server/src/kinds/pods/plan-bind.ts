import { ApiError, type Binding, invalid, type Pod, PodStatus, required, toTime } from '@own-kube/api';
import type { Change } from '../../registry/guaranteed-update';
import { checkExpected } from '../../registry/metadata';
import { metadataOf } from '../../registry/spec-status';

/** Puts a pod on a node, if it is on none and still wanted. */
export function planBind(what: string, binding: Binding, pod: Pod, now: number): Change<Pod> {
  const nodeName = targetOf(what, binding);
  const metadata = metadataOf(pod);
  checkExpected(what, metadataOf(binding), metadata);
  if (metadata.deletionTimestamp)
    throw new ApiError('Conflict', `${what} is being deleted and cannot be assigned to a node.`);
  if (pod.spec?.nodeName)
    throw new ApiError('Conflict', `${what} is already assigned to node "${pod.spec.nodeName}".`);
  const status = pod.status ?? PodStatus.fromPartial({});
  const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: toTime(now) };
  return {
    write: {
      metadata: { ...metadata, annotations: { ...metadata.annotations, ...metadataOf(binding).annotations } },
      spec: pod.spec && { ...pod.spec, nodeName },
      status: {
        ...status,
        conditions: [...status.conditions.filter(({ type }) => type !== scheduled.type), scheduled],
      },
    },
  };
}

function targetOf(what: string, { target }: Binding): string {
  if (!target?.name) throw invalid(`The binding of ${what}`, [required('target.name')]);
  if (target.kind && target.kind !== 'Node')
    throw invalid(`The binding of ${what}`, [
      { field: 'target.kind', description: `must be Node or empty, got "${target.kind}"` },
    ]);
  return target.name;
}
