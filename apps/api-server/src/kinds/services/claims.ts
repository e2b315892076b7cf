/** What a Service has for itself alone: its address, and its ports on the nodes. */
import type { Service, ServiceSpec } from '@own-kube/api';
import type { Claim, OpenClaim } from '../../registry/strategy';
import { hasHealthCheckPort, hasNodePorts, headless, mayHaveClusterIP } from './service-type';

const clusterIPs = 'clusterips';
const nodePorts = 'nodeports';

/** What it claims by name. */
export function serviceClaims({ spec }: Service): Claim[] {
  if (!spec) return [];
  const { clusterIP, ports, healthCheckNodePort } = spec;
  return [
    ...(clusterIP && clusterIP !== headless
      ? [{ what: clusterIPs, value: clusterIP, field: 'spec.clusterIP' }]
      : []),
    ...ports.flatMap(({ nodePort }, index) =>
      nodePort ? [{ what: nodePorts, value: String(nodePort), field: `spec.ports[${index}].nodePort` }] : [],
    ),
    ...(healthCheckNodePort
      ? [{ what: nodePorts, value: String(healthCheckNodePort), field: 'spec.healthCheckNodePort' }]
      : []),
  ];
}

/** What it leaves to the server to pick. */
export function openServiceClaims({ spec }: Service): OpenClaim<Service>[] {
  if (!spec) return [];
  const open: OpenClaim<Service>[] = [];
  if (mayHaveClusterIP(spec) && !spec.clusterIP)
    open.push({
      what: clusterIPs,
      field: 'spec.clusterIP',
      fill: (service, ip) => withSpec(service, { clusterIP: ip, clusterIPs: [ip] }),
    });
  if (hasNodePorts(spec) && spec.allocateLoadBalancerNodePorts !== false)
    spec.ports.forEach(({ nodePort }, index) => {
      if (!nodePort)
        open.push({
          what: nodePorts,
          field: `spec.ports[${index}].nodePort`,
          fill: (service, port) => withNodePort(service, index, Number(port)),
        });
    });
  if (hasHealthCheckPort(spec) && !spec.healthCheckNodePort)
    open.push({
      what: nodePorts,
      field: 'spec.healthCheckNodePort',
      fill: (service, port) => withSpec(service, { healthCheckNodePort: Number(port) }),
    });
  return open;
}

const withSpec = (service: Service, change: Partial<ServiceSpec>): Service => ({
  ...service,
  spec: service.spec && { ...service.spec, ...change },
});

const withNodePort = (service: Service, at: number, nodePort: number): Service =>
  withSpec(service, {
    ports: service.spec?.ports.map((port, index) => (index === at ? { ...port, nodePort } : port)) ?? [],
  });
