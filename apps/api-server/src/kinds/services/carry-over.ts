/** What an update leaves open stays as it was claimed, and goes where its type no longer has it. */
import type { ServiceSpec } from '@own-kube/api';
import { type Service } from '@own-kube/api';
import { deepEqual } from '../../registry/deep-equal';
import { hasHealthCheckPort, hasNodePorts, mayHaveClusterIP } from './service-type';

/** See the head of this file. */
export function carryOver(next: Service, current: Service): Service {
  const [after, before] = [next.spec, current.spec];
  if (!after || !before) return next;
  return { ...next, spec: dropped(kept(after, before), before) };
}

function kept(after: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const spec = { ...after };
  if (mayHaveClusterIP(before) && mayHaveClusterIP(after) && !after.clusterIP) {
    spec.clusterIP = before.clusterIP;
    spec.clusterIPs = before.clusterIPs;
  }
  if (hasNodePorts(before) && hasNodePorts(after)) spec.ports = keptPorts(after, before);
  if (hasHealthCheckPort(before) && hasHealthCheckPort(after))
    spec.healthCheckNodePort = after.healthCheckNodePort || before.healthCheckNodePort;
  return spec;
}

/** A port keeps its nodePort, unless another of the ports has taken it over. */
function keptPorts({ ports }: ServiceSpec, before: ServiceSpec): ServiceSpec['ports'] {
  const named = new Set(ports.map(({ nodePort }) => nodePort));
  return ports.map((port) => {
    if (port.nodePort) return port;
    const old = before.ports.find((one) => one.port === port.port && one.protocol === port.protocol);
    return { ...port, nodePort: named.has(old?.nodePort) ? undefined : old?.nodePort };
  });
}

/** Who sends back what was read, with another type alone, does not have to take out what that type has not. */
function dropped(after: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const spec = { ...after };
  const same = (field: keyof ServiceSpec) => deepEqual(after[field], before[field]);
  if (mayHaveClusterIP(before) && !mayHaveClusterIP(after)) {
    if (same('clusterIP')) Object.assign(spec, { clusterIP: undefined, clusterIPs: [] });
    for (const list of ['ipFamilies'] as const) if (same(list)) spec[list] = [];
    for (const field of ['ipFamilyPolicy', 'internalTrafficPolicy'] as const)
      if (same(field)) spec[field] = undefined;
  }
  if (hasNodePorts(before) && !hasNodePorts(after)) {
    const old = new Set(before.ports.map(({ nodePort }) => nodePort));
    spec.ports = after.ports.map((port) =>
      old.has(port.nodePort) ? { ...port, nodePort: undefined } : port,
    );
    if (same('externalTrafficPolicy')) spec.externalTrafficPolicy = undefined;
  }
  if (hasHealthCheckPort(before) && !hasHealthCheckPort(after) && same('healthCheckNodePort'))
    spec.healthCheckNodePort = undefined;
  if (before.type === 'LoadBalancer' && after.type !== 'LoadBalancer') {
    if (same('allocateLoadBalancerNodePorts')) spec.allocateLoadBalancerNodePorts = undefined;
    if (same('loadBalancerClass')) spec.loadBalancerClass = undefined;
  }
  if (
    before.sessionAffinity === 'ClientIP' &&
    after.sessionAffinity === 'None' &&
    same('sessionAffinityConfig')
  )
    spec.sessionAffinityConfig = undefined;
  return spec;
}
