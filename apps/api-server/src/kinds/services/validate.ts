/** What is wrong with a Service by itself. */
import {
  checkDns1123Subdomain,
  checkLabels,
  checkOneOf,
  checkQualifiedName,
  required,
  type Service,
  ServiceSpec,
  type Violation,
} from '@own-kube/api';
import { isIPv4 } from 'node:net';
import { checkNetwork, checkOrdinaryIp } from '../ip-addresses';
import { hasHealthCheckPort, hasNodePorts, headless, mayHaveClusterIP } from './service-type';
import { checkServicePorts } from './validate-ports';

/** See the head of this file. */
export const checkService = ({ spec = ServiceSpec.fromPartial({}) }: Service): Violation[] => [
  ...checkOneOf(spec.type, ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'], 'spec.type'),
  ...checkServicePorts(spec, 'spec.ports'),
  ...checkLabels(spec.selector, 'spec.selector'),
  ...checkClusterIP(spec),
  ...checkFamilies(spec),
  ...checkAffinity(spec),
  ...checkTraffic(spec),
  ...checkExternal(spec),
];

function checkClusterIP(spec: ServiceSpec): Violation[] {
  const { clusterIP = '', clusterIPs, type } = spec;
  const field = 'spec.clusterIP';
  if (!mayHaveClusterIP(spec))
    return clusterIP || clusterIPs.length > 0
      ? [{ field, description: 'must not be set: an ExternalName is only a name for another' }]
      : [];
  const first = clusterIPs[0] ?? '';
  return [
    ...(first === clusterIP && clusterIPs.length <= 1
      ? []
      : [{ field: 'spec.clusterIPs', description: `must be spec.clusterIP alone, "${clusterIP}"` }]),
    ...(!clusterIP || clusterIP === headless || isIPv4(clusterIP)
      ? []
      : [{ field, description: `"${clusterIP}" must be an IPv4 address, "None", or empty to get one` }]),
    ...(clusterIP === headless && type !== 'ClusterIP'
      ? [{ field, description: `must not be "None" for a Service of type ${type}` }]
      : []),
  ];
}

const checkFamilies = ({ ipFamilies, ipFamilyPolicy }: ServiceSpec): Violation[] => [
  ...ipFamilies.flatMap((family, index) =>
    family === 'IPv4'
      ? []
      : [
          {
            field: `spec.ipFamilies[${index}]`,
            description: `must be IPv4, got "${family}": this cluster has no other`,
          },
        ],
  ),
  ...checkOneOf(ipFamilyPolicy, ['SingleStack', 'PreferDualStack'], 'spec.ipFamilyPolicy'),
];

const longestAffinity = 86_400;

function checkAffinity({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): Violation[] {
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  const field = 'spec.sessionAffinityConfig';
  if (sessionAffinity === 'None' && sessionAffinityConfig)
    return [{ field, description: 'must not be set when sessionAffinity is None' }];
  return [
    ...checkOneOf(sessionAffinity, ['None', 'ClientIP'], 'spec.sessionAffinity'),
    ...(seconds !== undefined && (seconds < 1 || seconds > longestAffinity)
      ? [{ field: `${field}.clientIP.timeoutSeconds`, description: `must be from 1 to ${longestAffinity}` }]
      : []),
  ];
}

function checkTraffic(spec: ServiceSpec): Violation[] {
  const { externalTrafficPolicy: policy, healthCheckNodePort, externalIPs, trafficDistribution } = spec;
  const outside = hasNodePorts(spec) || externalIPs.length > 0;
  return [
    ...(policy && !outside
      ? [
          {
            field: 'spec.externalTrafficPolicy',
            description: 'may only be set for type NodePort or LoadBalancer, or with externalIPs',
          },
        ]
      : checkOneOf(policy, ['Cluster', 'Local'], 'spec.externalTrafficPolicy')),
    ...checkOneOf(spec.internalTrafficPolicy, ['Cluster', 'Local'], 'spec.internalTrafficPolicy'),
    ...checkOneOf(
      trafficDistribution,
      ['PreferClose', 'PreferSameZone', 'PreferSameNode'],
      'spec.trafficDistribution',
    ),
    ...(healthCheckNodePort && !hasHealthCheckPort(spec)
      ? [
          {
            field: 'spec.healthCheckNodePort',
            description: 'may only be set for type LoadBalancer with externalTrafficPolicy Local',
          },
        ]
      : []),
  ];
}

function checkExternal(spec: ServiceSpec): Violation[] {
  const { type, externalName, externalIPs, loadBalancerClass, loadBalancerSourceRanges } = spec;
  const isBalanced = type === 'LoadBalancer';
  // A name may end in the dot of the root.
  const checkName = (name: string) => checkDns1123Subdomain(name.replace(/\.$/, ''), 'spec.externalName');
  return [
    ...(type !== 'ExternalName'
      ? []
      : externalName
        ? checkName(externalName)
        : [required('spec.externalName')]),
    ...externalIPs.flatMap((ip, index) => checkOrdinaryIp(ip, `spec.externalIPs[${index}]`)),
    ...loadBalancerSourceRanges.flatMap((range, index) =>
      checkNetwork(range.trim(), `spec.loadBalancerSourceRanges[${index}]`),
    ),
    ...(loadBalancerClass
      ? isBalanced
        ? checkQualifiedName(loadBalancerClass, 'spec.loadBalancerClass')
        : [{ field: 'spec.loadBalancerClass', description: 'may only be set for type LoadBalancer' }]
      : []),
    ...(spec.allocateLoadBalancerNodePorts !== undefined && !isBalanced
      ? [
          {
            field: 'spec.allocateLoadBalancerNodePorts',
            description: 'may only be set for type LoadBalancer',
          },
        ]
      : []),
  ];
}
