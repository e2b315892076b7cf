import { type Attachment, type AttachRequest, PodNetworkDefinition } from '@own-kube/api';
import { createChannel, createClient } from '@own-kube/rpc';

/** The pod network of this node, as its proxy serves it. Every call may be repeated. */
export interface PodNetwork {
  /** Gives a sandbox its address and device; one that has them gets the same answer. */
  attach(request: AttachRequest, signal: AbortSignal): Promise<{ ip: string }>;
  /** Takes them back. A pod that has none is no error. */
  detach(podUid: string, signal: AbortSignal): Promise<void>;
  /** Every address that is taken. */
  list(signal: AbortSignal): Promise<Attachment[]>;
  close(): void;
}

/** Many attaches at once wait for each other in the proxy. */
const attachMs = 60_000;

/** Connects to the proxy's socket, at the first call and again whenever the connection is lost. */
export function createPodNetwork(socketPath: string): PodNetwork {
  const channel = createChannel({ address: `unix://${socketPath}`, name: 'the proxy' });
  const client = createClient(PodNetworkDefinition, channel);
  return {
    attach: (request, signal) => client.attach(request, { signal, timeoutMs: attachMs }),
    detach: async (podUid, signal) => {
      await client.detach({ podUid }, { signal, timeoutMs: attachMs });
    },
    list: async (signal) => (await client.list({}, { signal })).attachments,
    close: () => channel.close(),
  };
}
