import { aPod } from '@own-kube/testing';
import type { AttachRequest } from '@own-kube/api';
import type { ContainerEngine, EngineContainer } from '../docker/engine';
import { createAttachSandbox } from './attach-sandbox';

const { signal } = new AbortController();
const pod = aPod({ name: 'web', uid: 'u1' });
type Sight = Pick<EngineContainer, 'state' | 'pid'> | undefined;

/** Attaches while the engine shows these sights of the sandbox, one after the other. */
async function attachSeeing({ sights, startTime }: { sights: Sight[]; startTime?: number }) {
  const requests: AttachRequest[] = [];
  const engine = { inspect: async () => sights.shift() } as Partial<ContainerEngine> as ContainerEngine;
  const network = {
    attach: async (request: AttachRequest) => {
      requests.push(request);
      return { ip: '10.244.0.2' };
    },
    detach: async () => {},
    list: async () => [],
    close: () => {},
  };
  const attach = createAttachSandbox({ engine, network, processStartTime: async () => startTime });
  return { requests, result: attach(pod, 's1', signal) };
}

const running = (pid: number) => ({ state: 'running' as const, pid });

test('the proxy is told of the pod and of its process', async () => {
  const { requests, result } = await attachSeeing({ sights: [running(7), running(7)], startTime: 42 });
  expect(await result).toEqual({ ip: '10.244.0.2' });
  expect(requests).toEqual([
    { podUid: 'u1', podNamespace: 'default', podName: 'web', pid: 7, processStartTime: 42 },
  ]);
});

test.each<[string, { sights: Sight[]; startTime?: number }]>([
  ['it is gone', { sights: [undefined], startTime: 42 }],
  ['it has ended', { sights: [{ state: 'exited', pid: 0 }], startTime: 42 }],
  ['its process ended meanwhile', { sights: [running(7)] }],
  ['it was restarted meanwhile', { sights: [running(7), running(8)], startTime: 42 }],
  ['it ended meanwhile', { sights: [running(7), { state: 'exited', pid: 0 }], startTime: 42 }],
])('the proxy is not asked when %s', async (_name, world) => {
  const { requests, result } = await attachSeeing(world);
  await expect(result).rejects.toMatchObject({ code: 'FailedPrecondition' });
  expect(requests).toEqual([]);
});
