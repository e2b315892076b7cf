import {
  checkLabelSelector,
  checkOneOf,
  type IPBlock,
  type NetworkPolicy,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  required,
  type Violation,
} from '@own-kube/api';
import { checkNetwork, isWithin, parseNetwork } from '../ip-addresses';
import { checkPort } from '../ports';

/** What is wrong with a NetworkPolicy by itself. */
export function checkNetworkPolicy({ spec }: NetworkPolicy): Violation[] {
  if (!spec) return [required('spec')];
  return [
    ...(spec.podSelector ? checkLabelSelector(spec.podSelector, 'spec.podSelector') : []),
    ...spec.ingress.flatMap(({ ports, from }, index) =>
      checkRule(ports, from, `spec.ingress[${index}]`, 'from'),
    ),
    ...spec.egress.flatMap(({ ports, to }, index) => checkRule(ports, to, `spec.egress[${index}]`, 'to')),
    ...spec.policyTypes.flatMap((type, index) =>
      checkOneOf(type, ['Ingress', 'Egress'], `spec.policyTypes[${index}]`),
    ),
    ...(new Set(spec.policyTypes).size < spec.policyTypes.length
      ? [{ field: 'spec.policyTypes', description: 'must name each type once' }]
      : []),
  ];
}

const checkRule = (
  ports: readonly NetworkPolicyPort[],
  peers: readonly NetworkPolicyPeer[],
  field: string,
  side: 'from' | 'to',
): Violation[] => [
  ...ports.flatMap((port, index) => checkPolicyPort(port, `${field}.ports[${index}]`)),
  ...peers.flatMap((peer, index) => checkPeer(peer, `${field}.${side}[${index}]`)),
];

function checkPolicyPort({ protocol, port, endPort }: NetworkPolicyPort, field: string): Violation[] {
  const range = (): Violation[] => {
    if (endPort === undefined) return [];
    if (!port || port.type === 1)
      return [{ field: `${field}.endPort`, description: 'needs port to be a number' }];
    return endPort < (port.intVal ?? 0) || endPort > 65535
      ? [{ field: `${field}.endPort`, description: `must be from port, ${port.intVal}, to 65535` }]
      : [];
  };
  return [
    ...checkOneOf(protocol, ['TCP', 'UDP', 'SCTP'], `${field}.protocol`),
    ...(port ? checkPort(port, `${field}.port`) : []),
    ...range(),
  ];
}

function checkPeer(
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  field: string,
): Violation[] {
  if (!podSelector && !namespaceSelector && !ipBlock)
    return [{ field, description: 'must have a podSelector, a namespaceSelector, both, or an ipBlock' }];
  return [
    ...(ipBlock && (podSelector || namespaceSelector)
      ? [{ field: `${field}.ipBlock`, description: 'must not stand together with a selector' }]
      : []),
    ...(podSelector ? checkLabelSelector(podSelector, `${field}.podSelector`) : []),
    ...(namespaceSelector ? checkLabelSelector(namespaceSelector, `${field}.namespaceSelector`) : []),
    ...(ipBlock ? checkBlock(ipBlock, `${field}.ipBlock`) : []),
  ];
}

function checkBlock({ cidr, except }: IPBlock, field: string): Violation[] {
  if (!cidr) return [required(`${field}.cidr`)];
  const whole = parseNetwork(cidr);
  if (!whole) return checkNetwork(cidr, `${field}.cidr`);
  return except.flatMap((text, index) => {
    const at = `${field}.except[${index}]`;
    const part = parseNetwork(text);
    if (!part) return checkNetwork(text, at);
    return isWithin(part, whole)
      ? []
      : [{ field: at, description: `"${text}" must be a part of cidr, "${cidr}"` }];
  });
}
