/** What Kubernetes fills in where a Service leaves something open. */
import { type Service, type ServicePort, ServiceSpec } from '@own-kube/api';
import { isNoPort, portNumber } from '../ports';
import { hasNodePorts, mayHaveClusterIP } from './service-type';

const affinitySeconds = 10_800;

/** The Service with everything filled in but what is claimed from a range. Applying it twice changes nothing. */
export const withServiceDefaults = (service: Service): Service => ({
  ...service,
  spec: specDefaults(service.spec ?? ServiceSpec.fromPartial({})),
});

function specDefaults(sent: ServiceSpec): ServiceSpec {
  const spec = { ...sent, type: sent.type || 'ClusterIP', sessionAffinity: sent.sessionAffinity || 'None' };
  return {
    ...spec,
    ...addressDefaults(spec),
    ports: spec.ports.map(portDefaults),
    sessionAffinityConfig:
      spec.sessionAffinity === 'ClientIP'
        ? {
            clientIP: {
              timeoutSeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? affinitySeconds,
            },
          }
        : spec.sessionAffinityConfig,
    externalTrafficPolicy: spec.externalTrafficPolicy || (hasNodePorts(spec) ? 'Cluster' : undefined),
    internalTrafficPolicy: spec.internalTrafficPolicy || (mayHaveClusterIP(spec) ? 'Cluster' : undefined),
    allocateLoadBalancerNodePorts:
      spec.allocateLoadBalancerNodePorts ?? (spec.type === 'LoadBalancer' ? true : undefined),
  };
}

/** clusterIP is the first of clusterIPs; who sets one has set both. All our addresses are IPv4. */
function addressDefaults(spec: ServiceSpec): Partial<ServiceSpec> {
  if (!mayHaveClusterIP(spec)) return {};
  const clusterIP = spec.clusterIP || spec.clusterIPs[0] || undefined;
  return {
    clusterIP,
    clusterIPs: spec.clusterIPs.length === 0 && clusterIP ? [clusterIP] : spec.clusterIPs,
    ipFamilies: spec.ipFamilies.length > 0 ? spec.ipFamilies : ['IPv4'],
    ipFamilyPolicy: spec.ipFamilyPolicy || 'SingleStack',
  };
}

const portDefaults = (port: ServicePort): ServicePort => ({
  ...port,
  protocol: port.protocol || 'TCP',
  targetPort: isNoPort(port.targetPort) ? portNumber(port.port ?? 0) : port.targetPort,
});
