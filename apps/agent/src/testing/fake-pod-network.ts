import { ApiError, type AttachRequest, PodNetworkDefinition } from '@own-kube/api';
import type { Logger } from '@own-kube/process';
import { serve, service } from '@own-kube/rpc';
import { processStartTime } from '../network/process-start-time';

/** What the fake gave to a pod. */
export interface FakeLease extends AttachRequest {
  readonly ip: string;
}

/** A proxy that keeps leases and touches no device. It can be stopped and started; its leases stay. */
export interface FakePodNetwork {
  readonly leases: ReadonlyMap<string, FakeLease>;
  /** How often each pod was attached, by uid. */
  readonly attached: ReadonlyMap<string, number>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Addresses are 10.244.0.2 and up, each given once. Attach refuses a process that is not there, as the real one does. */
export function createFakePodNetwork(socketPath: string, log: Logger): FakePodNetwork {
  const leases = new Map<string, FakeLease>();
  const attached = new Map<string, number>();
  let next = 2;
  let running: { stop: AbortController; closed: Promise<void> } | undefined;

  const attach = async (request: AttachRequest) => {
    const { podUid, pid } = request;
    if ((await processStartTime(pid)) !== request.processStartTime) {
      throw new ApiError('FailedPrecondition', `There is no process ${pid} that was started then.`);
    }
    const ip = leases.get(podUid)?.ip ?? `10.244.0.${next++}`;
    leases.set(podUid, { ...request, ip });
    attached.set(podUid, (attached.get(podUid) ?? 0) + 1);
    return { ip, gateway: '10.244.0.1', mtu: 1450 };
  };
  const detach = async ({ podUid }: { podUid: string }) => {
    leases.delete(podUid);
    return {};
  };
  const list = async () => ({
    attachments: [...leases.values()].map((lease) => ({ ...lease, hostInterface: `veth-${lease.podUid}` })),
  });

  return {
    leases,
    attached,
    start: async () => {
      const stop = new AbortController();
      const services = [service(PodNetworkDefinition, { attach, detach, list })];
      const { closed } = await serve({ listen: `unix://${socketPath}`, services, log, signal: stop.signal });
      running = { stop, closed };
    },
    stop: async () => {
      running?.stop.abort();
      await running?.closed;
      running = undefined;
    },
  };
}
