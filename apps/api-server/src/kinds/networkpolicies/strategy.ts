import {
  LabelSelector,
  type NetworkPolicy,
  networkPolicyKind,
  type NetworkPolicyPort,
  type NetworkPolicySpec,
} from '@own-kube/api';
import { countedGenerations, defineDataStrategy } from '../../registry/data-strategy';
import { checkNetworkPolicy } from './validate';

/** All that is special about NetworkPolicies. */
export const networkPolicyStrategy = defineDataStrategy<NetworkPolicy>(networkPolicyKind, {
  ...countedGenerations<NetworkPolicy>(),
  withDefaults: (policy) => ({ ...policy, spec: policy.spec && specDefaults(policy.spec) }),
  validate: checkNetworkPolicy,
});

/** A policy is about what comes in, and about what goes out where it says something of it. */
const specDefaults = (spec: NetworkPolicySpec): NetworkPolicySpec => ({
  podSelector: spec.podSelector ?? LabelSelector.fromPartial({}),
  policyTypes:
    spec.policyTypes.length > 0
      ? spec.policyTypes
      : ['Ingress', ...(spec.egress.length > 0 ? ['Egress'] : [])],
  ingress: spec.ingress.map((rule) => ({ ...rule, ports: rule.ports.map(portDefaults) })),
  egress: spec.egress.map((rule) => ({ ...rule, ports: rule.ports.map(portDefaults) })),
});

const portDefaults = (port: NetworkPolicyPort): NetworkPolicyPort => ({
  ...port,
  protocol: port.protocol || 'TCP',
});
