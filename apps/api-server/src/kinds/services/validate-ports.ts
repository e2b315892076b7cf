import {
  checkDns1123Label,
  checkOneOf,
  checkQualifiedName,
  checkUnique,
  required,
  type ServicePort,
  type ServiceSpec,
  type Violation,
} from '@own-kube/api';
import { checkPortNumber } from '../numbers';
import { checkPort, isNoPort } from '../ports';
import { hasNodePorts, headless } from './service-type';

/** What is wrong with the ports of a Service. */
export function checkServicePorts(spec: ServiceSpec, field: string): Violation[] {
  const { ports, clusterIP, type } = spec;
  if (ports.length === 0)
    return clusterIP === headless || type === 'ExternalName'
      ? []
      : [{ field, description: 'is required: at least one port, unless the Service is headless' }];
  return [
    ...ports.flatMap((port, index) => checkServicePort(port, `${field}[${index}]`, spec)),
    ...checkUnique(ports, ({ name }) => name, { field, key: 'name' }),
    ...checkUnique(ports, ({ protocol = 'TCP', port }) => `${protocol} ${port}`, { field, key: 'port' }),
    ...checkUnique(
      ports,
      ({ protocol = 'TCP', nodePort }) => (nodePort ? `${protocol} ${nodePort}` : undefined),
      {
        field,
        key: 'nodePort',
      },
    ),
  ];
}

function checkServicePort(port: ServicePort, field: string, spec: ServiceSpec): Violation[] {
  const { name, protocol, targetPort, nodePort, appProtocol } = port;
  return [
    ...(name
      ? checkDns1123Label(name, `${field}.name`)
      : spec.ports.length > 1
        ? [required(`${field}.name`)]
        : []),
    ...checkPortNumber(port.port, `${field}.port`),
    ...checkProtocol(protocol, `${field}.protocol`),
    ...(targetPort && !isNoPort(targetPort) ? checkPort(targetPort, `${field}.targetPort`) : []),
    ...(nodePort ? checkNodePort(nodePort, `${field}.nodePort`, spec) : []),
    ...(appProtocol ? checkQualifiedName(appProtocol, `${field}.appProtocol`) : []),
  ];
}

const checkProtocol = (protocol: string | undefined, field: string): Violation[] =>
  protocol === 'SCTP'
    ? [{ field, description: 'SCTP is not forwarded by this cluster: use TCP or UDP' }]
    : checkOneOf(protocol, ['TCP', 'UDP'], field);

const checkNodePort = (nodePort: number, field: string, spec: ServiceSpec): Violation[] =>
  hasNodePorts(spec)
    ? checkPortNumber(nodePort, field)
    : [
        {
          field,
          description: `may not be set for a Service of type ${spec.type}: use NodePort or LoadBalancer`,
        },
      ];
