/** Writes the Node's share of the pod network, until the api-server agrees. */
import { isAlreadyExists, isConflict, type Node } from '@own-kube/api';
import type { KindClient } from '@own-kube/client';
import { planRegistration, type RegistrationFacts } from './plan-registration';

/** What registering needs. */
export interface RegisterOptions extends Pick<RegistrationFacts, 'cluster' | 'bits' | 'vtepMac' | 'had'> {
  readonly nodes: KindClient<Node>;
  readonly nodeName: string;
}

/** Registers, and returns the range of the node's pods. NotFound: the agent has not made the Node yet. */
export async function registerNode(options: RegisterOptions, signal: AbortSignal): Promise<string> {
  const { nodes, nodeName, ...facts } = options;
  const refused: string[] = [];
  for (;;) {
    const [node, { items }] = await Promise.all([
      nodes.get({ name: nodeName }, { signal }),
      nodes.list({}, { signal }),
    ]);
    const next = planRegistration({ node, nodes: items, refused, ...facts });
    const cidr = (next ?? node).spec?.podCIDR ?? '';
    if (!next) return cidr;
    try {
      await nodes.update(next, { signal });
      return cidr;
    } catch (error) {
      // Somebody wrote the Node, or was faster with the range: look again.
      if (isAlreadyExists(error)) refused.push(cidr);
      else if (!isConflict(error)) throw error;
    }
  }
}
