/** The PodNetwork service: gives pods an address and devices, and takes them back. */
import {
  ApiError,
  invalid,
  type AttachRequest,
  type AttachResponse,
  type Attachment,
  type DetachRequest,
  type PodNetworkDefinition,
  type Violation,
} from '@own-kube/api';
import type { Logger } from '@own-kube/process';
import type { Handlers } from '@own-kube/rpc';
import type { Ipam } from '../ipam/ipam';
import type { Lease, LeaseOwner } from '../ipam/lease';
import type { KeyedLock } from '../keyed-lock';
import { vethName } from '../links/names';
import { openPodNetns, type PodNetns } from '../links/pod-netns';
import type { PodLinks } from '../links/pod-links';
import type { PodWiring } from '../links/plan-pod';
import type { Metrics } from '../metrics';
import type { NodeNetwork } from '../node/node-network';

/** What the service needs. */
export interface PodNetworkOptions {
  readonly ipam: Ipam;
  readonly links: PodLinks;
  readonly network: Pick<NodeNetwork, 'wiringOf' | 'devices'>;
  /** Held for a pod's uid by whoever changes its lease or its devices. */
  readonly lock: KeyedLock;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** Attaching and detaching, for whoever asks. */
export interface PodNetwork {
  attach(request: AttachRequest): Promise<AttachResponse>;
  detach(request: DetachRequest): Promise<void>;
  list(): Attachment[];
}

/** Makes the service. */
export function createPodNetwork(options: PodNetworkOptions): PodNetwork {
  const { ipam, links, network, lock, metrics, log } = options;

  async function attach(request: AttachRequest): Promise<AttachResponse> {
    const end = metrics.attachSeconds.startTimer();
    try {
      const owner = ownerOf(request);
      const { ip, gateway, mtu } = await lock(owner.uid, () => attachOwner(owner));
      end({ outcome: 'ok' });
      return { ip, gateway, mtu };
    } catch (error) {
      end({ outcome: 'error' });
      throw error;
    }
  }

  async function attachOwner(owner: LeaseOwner): Promise<PodWiring> {
    const netns = await openPodNetns(owner);
    try {
      if (!network.devices) throw notReady(ipam.cidr);
      const had = ipam.get(owner.uid);
      const lease = await ipam.lease(owner);
      return had ? await attachAgain(lease, netns) : await attachNew(lease, netns);
    } finally {
      await netns.close();
    }
  }

  async function attachAgain(lease: Lease, netns: PodNetns): Promise<PodWiring> {
    const pod = wiringOf(lease);
    const reasons = await links.ensure(pod, netns);
    for (const reason of reasons)
      log.info('the network of a pod is put right', { ...nameOf(lease), ip: pod.ip, reason });
    metrics.repairs.inc({ what: 'pod' }, reasons.length);
    return pod;
  }

  async function attachNew(lease: Lease, netns: PodNetns): Promise<PodWiring> {
    const undo = new AsyncDisposableStack();
    undo.defer(() => ipam.release(lease.uid));
    try {
      const pod = wiringOf(lease);
      undo.defer(() => links.detach(pod));
      await links.attach(pod, netns).catch(async (error: unknown) => {
        // What is in its way may be left from before: look at what is there, and make it right.
        log.warn('a pod could not be attached at once', { ...nameOf(lease), error });
        await links.ensure(pod, netns);
      });
      undo.move();
      log.info('attached', { ...nameOf(lease), ip: pod.ip });
      return pod;
    } catch (error) {
      await undo.disposeAsync().catch((undoing: unknown) => {
        log.error('what a failed attach left could not be taken away; it goes with the next reconciliation', {
          ...nameOf(lease),
          error: undoing,
        });
      });
      throw error;
    }
  }

  function wiringOf(lease: Lease): PodWiring {
    const pod = network.wiringOf(lease);
    if (!pod) throw notReady(ipam.cidr);
    return pod;
  }

  const detach = ({ podUid }: DetachRequest): Promise<void> =>
    lock(podUid, async () => {
      const lease = ipam.get(podUid);
      if (!lease) return;
      await links.detach({ ip: lease.ip, veth: vethName(podUid) });
      await ipam.release(podUid);
      log.info('detached', { ...nameOf(lease), ip: lease.ip });
    });

  return { attach, detach, list: () => ipam.list().map(attachmentOf) };
}

/** The service as gRPC handlers. */
export const podNetworkHandlers = (pods: PodNetwork): Handlers<PodNetworkDefinition> => ({
  attach: (request) => pods.attach(request),
  detach: async (request) => {
    await pods.detach(request);
    return {};
  },
  list: async () => ({ attachments: pods.list() }),
});

/** The pod, for the log. */
export const nameOf = ({ namespace, name }: Pick<Lease, 'namespace' | 'name'>) => ({
  kind: 'Pod',
  namespace,
  name,
});

const attachmentOf = ({ uid, namespace, name, ip }: Lease): Attachment => ({
  podUid: uid,
  podNamespace: namespace,
  podName: name,
  ip,
  hostInterface: vethName(uid),
});

function ownerOf({ podUid, podNamespace, podName, pid, processStartTime }: AttachRequest): LeaseOwner {
  const violations: Violation[] = [
    ...(podUid ? [] : [{ field: 'podUid', description: 'is required' }]),
    ...(pid > 0
      ? []
      : [{ field: 'pid', description: 'is required: the process that holds the network namespace' }]),
    ...(processStartTime > 0
      ? []
      : [{ field: 'processStartTime', description: 'is required: field 22 of /proc/PID/stat' }]),
  ];
  if (violations.length > 0) throw invalid('The AttachRequest', violations);
  return { uid: podUid, namespace: podNamespace, name: podName, pid, startTime: processStartTime };
}

const notReady = (cidr: string | undefined): ApiError =>
  new ApiError(
    'Unavailable',
    cidr
      ? `The pod network of this node (${cidr}) is being made: try again.`
      : 'The node has no pod CIDR yet: try again when the proxy has claimed one.',
  );
