/** What the proxy writes to its Node: the range of its pods, and the hardware address of its vxlan10. */
import { ApiError, Node } from '@own-kube/api';
import { containsCidr, formatCidr, parseCidr, type Cidr } from '../ipv4';
import { vtepMacAnnotation } from '../peers/plan-peers';
import { pickPodCidr } from './pick-pod-cidr';

/** What the proxy knows when it registers. */
export interface RegistrationFacts {
  readonly node: Node;
  readonly nodes: readonly Node[];
  readonly cluster: Cidr;
  readonly bits: number;
  readonly vtepMac: string;
  /** The range on disk. */
  readonly had: string | undefined;
  /** Ranges that the api-server said are taken, by whomever. */
  readonly refused: readonly string[];
}

/** The Node to write, or undefined where it says what it should. A Node that has a range keeps it. */
export function planRegistration(facts: RegistrationFacts): Node | undefined {
  const { node, vtepMac } = facts;
  const podCIDR = checkedCidr(facts) ?? freeCidr(facts);
  if (node.spec?.podCIDR === podCIDR && node.metadata?.annotations[vtepMacAnnotation] === vtepMac)
    return undefined;
  return Node.fromPartial({
    ...node,
    metadata: {
      ...node.metadata,
      annotations: { ...node.metadata?.annotations, [vtepMacAnnotation]: vtepMac },
    },
    spec: { ...node.spec, podCIDR, podCIDRs: [podCIDR] },
  });
}

/** The range that the Node has. */
function checkedCidr({ node, cluster }: RegistrationFacts): string | undefined {
  const text = node.spec?.podCIDR;
  if (!text) return undefined;
  const cidr = parseCidr(text);
  if (cidr && containsCidr(cluster, cidr)) return text;
  throw new ApiError(
    'FailedPrecondition',
    `The podCIDR "${text}" of Node ${node.metadata?.name ?? ''} is no range in ${formatCidr(cluster)}: ` +
      'start all proxies with the same --cluster-cidr, or delete the Node so that it is made anew.',
  );
}

function freeCidr({ node, nodes, cluster, bits, had, refused }: RegistrationFacts): string {
  const others = nodes.filter(({ metadata }) => metadata?.name !== node.metadata?.name);
  const taken = [...others.map(({ spec }) => spec?.podCIDR ?? ''), ...refused].flatMap(
    (text) => parseCidr(text) ?? [],
  );
  const picked = pickPodCidr({ cluster, bits, taken, had: had === undefined ? undefined : parseCidr(had) });
  if (picked) return formatCidr(picked);
  throw new ApiError(
    'ResourceExhausted',
    `No range of /${bits} is free in ${formatCidr(cluster)} for Node ${node.metadata?.name ?? ''}: ` +
      'delete Nodes that are gone, or give the cluster a larger range.',
  );
}
