import type { Violation } from '../errors';
import type { Node, Pod, PodTemplateSpec } from '../generated/index.ownkube.core.v1';
import { type ApiObject, deploymentKind, type Kind, nodeKind, podKind, replicaSetKind } from '../kinds';
import { checkMetadata } from './metadata';
import { checkPodSpec } from './pods/pod-spec';
import { checkPodTemplate } from './pods/pod-template';

/**
 * Everything that is wrong with an object by itself, whoever looks at it: the api-server before it stores, okube before
 * it sends the first of many. What depends on other objects, or on what is stored already, is the api-server's to know.
 */
export const validateObject = (kind: Kind, object: ApiObject): Violation[] => [
  ...checkMetadata(kind, object),
  ...checkSpec(kind, object),
];

/** The kinds that make pods from a template. */
const madeOfPods: readonly string[] = [deploymentKind.kind, replicaSetKind.kind];

interface Workload {
  spec?: { template?: PodTemplateSpec | undefined } | undefined;
}

function checkSpec({ kind }: Kind, object: ApiObject): Violation[] {
  if (kind === podKind.kind) return checkPodSpec((object as Pod).spec, 'spec');
  if (kind === nodeKind.kind) return checkNode(object);
  if (madeOfPods.includes(kind))
    return checkPodTemplate((object as Workload).spec?.template, 'spec.template');
  return [];
}

function checkNode({ spec }: Node): Violation[] {
  const podCIDR = spec?.podCIDR;
  return podCIDR && !isIpv4Range(podCIDR)
    ? [{ field: 'spec.podCIDR', description: `"${podCIDR}" must be an IPv4 range, as "10.244.1.0/24"` }]
    : [];
}

/** Whether a text is a network: four bytes, a length, and no bits set beyond the length. */
function isIpv4Range(text: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = (match ?? []).slice(1).map(Number);
  const hostBits = 2 ** (32 - length);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return match !== null && Math.max(a, b, c, d) <= 255 && length <= 32 && address % hostBits === 0;
}
