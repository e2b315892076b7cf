import type { Pod } from '@own-kube/api';
import { hasEnded } from './node-usage';

/** The name by which pods ask for this scheduler; those that name none ask for it, too. */
const schedulerName = 'default-scheduler';

/** Whether it is on us to find the pod a node. */
export const needsNode = (pod: Pod): boolean =>
  !pod.spec?.nodeName &&
  (pod.spec?.schedulerName || schedulerName) === schedulerName &&
  !pod.metadata?.deletionTimestamp &&
  !hasEnded(pod);
