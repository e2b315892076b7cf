/** What a Service has by its type. */
import type { ServiceSpec } from '@own-kube/api';

type Spec = Pick<ServiceSpec, 'type' | 'clusterIP' | 'externalTrafficPolicy'>;

export const headless = 'None';

/** Whether it has an address of its own; a headless one could, and has declined. */
export const mayHaveClusterIP = ({ type }: Spec): boolean => type !== 'ExternalName';

/** Whether its ports are open on every node. */
export const hasNodePorts = ({ type }: Spec): boolean => type === 'NodePort' || type === 'LoadBalancer';

/** Whether a load balancer outside asks the nodes which of them have pods of it. */
export const hasHealthCheckPort = ({ type, externalTrafficPolicy }: Spec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
