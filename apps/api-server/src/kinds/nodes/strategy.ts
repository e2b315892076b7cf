import { type Node, nodeKind, type NodeSpec, type Violation } from '@own-kube/api';
import { ipv4Path } from '../../claims/ipv4-range';
import { deepEqual } from '../../registry/deep-equal';
import { defineStrategy } from '../../registry/spec-status';
import { checkNodeStatus } from './status';

/** All that is special about nodes. */
export const nodeStrategy = defineStrategy<Node>(nodeKind, {
  withDefaults: (node) => ({ ...node, spec: node.spec && withBothCidrs(node.spec) }),
  // A node describes itself when it registers: what it knows of its status is kept.
  prepareForCreate: (node) => ({ ...node, metadata: node.metadata && { ...node.metadata, generation: 1 } }),
  validate: (node) => [...checkCidrs(node.spec), ...checkNodeStatus(node)],
  validateUpdate: ({ spec }, current) => [
    ...checkOnce('spec.podCIDR', current.spec?.podCIDR, spec?.podCIDR),
    ...checkOnce('spec.podCIDRs', current.spec?.podCIDRs, spec?.podCIDRs),
    ...checkOnce('spec.providerID', current.spec?.providerID, spec?.providerID),
  ],
  validateStatusUpdate: checkNodeStatus,
  selectableFields: ({ spec }) => ({ 'spec.unschedulable': String(spec?.unschedulable ?? false) }),
  claims: ({ spec }) =>
    (spec?.podCIDRs ?? []).map((value) => ({
      ...{ what: 'podcidrs', value, field: 'spec.podCIDR' },
      path: ipv4Path(value),
    })),
});

/** podCIDR is the first of podCIDRs; who sets one has set both. */
function withBothCidrs(spec: NodeSpec): NodeSpec {
  if (spec.podCIDR && spec.podCIDRs.length === 0) return { ...spec, podCIDRs: [spec.podCIDR] };
  if (!spec.podCIDR && spec.podCIDRs.length > 0) return { ...spec, podCIDR: spec.podCIDRs[0] };
  return spec;
}

const checkCidrs = (spec: NodeSpec | undefined): Violation[] =>
  spec && (spec.podCIDRs[0] ?? '') !== (spec.podCIDR ?? '')
    ? [{ field: 'spec.podCIDRs', description: `the first must be spec.podCIDR, "${spec.podCIDR ?? ''}"` }]
    : [];

/** A field that can be set, and then stays. */
function checkOnce(field: string, before: unknown, after: unknown): Violation[] {
  const unset = before === undefined || before === '' || (Array.isArray(before) && before.length === 0);
  return unset || deepEqual(before, after)
    ? []
    : [{ field, description: `Forbidden: may not be changed once it is set, to ${JSON.stringify(before)}` }];
}
