import type { ContainerStatus, DeepPartial, Pod } from '@own-kube/api';
import { aPod } from '@own-kube/testing';
import { summarisePod } from './pod-status';

const now = Date.UTC(2026, 0, 1);
const running = { ready: true, state: { running: {} } };
const waiting = (reason: string) => ({ ready: false, state: { waiting: { reason } } });
const ended = (terminated: object) => ({ ready: false, state: { terminated } });

function pod(containers: DeepPartial<ContainerStatus>[], rest: Parameters<typeof aPod>[0] = {}): Pod {
  const status = { phase: 'Running', containerStatuses: containers, ...rest.status };
  return aPod({ containers: Math.max(containers.length, 1), ...rest, status });
}

test.each<[string, Pod, [ready: string, status: string, restarts: string]]>([
  ['a new pod', aPod({ phase: 'Pending' }), ['0/1', 'Pending', '0']],
  ['a pod without status', aPod(), ['0/1', 'Unknown', '0']],
  ['a running pod', pod([running]), ['1/1', 'Running', '0']],
  ['one of two running', pod([running, waiting('ErrImagePull')]), ['1/2', 'ErrImagePull', '0']],
  ['the first that waits speaks', pod([waiting('A'), waiting('B')]), ['0/2', 'A', '0']],
  ['a container that is not ready', pod([{ ready: false, state: { running: {} } }]), ['0/1', 'Running', '0']],
  ['a finished pod', pod([ended({ reason: 'Completed', exitCode: 0 })]), ['0/1', 'Completed', '0']],
  ['a failed one', pod([ended({ exitCode: 7 })]), ['0/1', 'ExitCode:7', '0']],
  ['a killed one', pod([ended({ exitCode: 137, signal: 9 })]), ['0/1', 'Signal:9', '0']],
  [
    'one of two completed',
    pod([ended({ reason: 'Completed' }), running], {
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    }),
    ['1/2', 'Running', '0'],
  ],
  [
    'one of two completed, not ready',
    pod([ended({ reason: 'Completed' }), running]),
    ['1/2', 'NotReady', '0'],
  ],
  [
    'restarts and the last of them',
    pod([
      {
        ...waiting('CrashLoopBackOff'),
        restartCount: 3,
        lastState: { terminated: { finishedAt: { seconds: now / 1000 - 150 } } },
      },
      { ...running, restartCount: 1 },
    ]),
    ['1/2', 'CrashLoopBackOff', '4 (2m30s ago)'],
  ],
  ['an evicted pod', aPod({ status: { phase: 'Failed', reason: 'Evicted' } }), ['0/1', 'Evicted', '0']],
  [
    'a gated pod',
    aPod({
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
      },
    }),
    ['0/1', 'SchedulingGated', '0'],
  ],
  [
    'a pod that is being deleted',
    pod([running], { metadata: { deletionTimestamp: { seconds: 1 } } }),
    ['1/1', 'Terminating', '0'],
  ],
  [
    'a finished pod that is being deleted',
    pod([ended({ reason: 'Completed' })], {
      metadata: { deletionTimestamp: { seconds: 1 } },
      status: { phase: 'Succeeded' },
    }),
    ['0/1', 'Completed', '0'],
  ],
  [
    'a deleted pod of a lost node',
    pod([running], { metadata: { deletionTimestamp: { seconds: 1 } }, status: { reason: 'NodeLost' } }),
    ['1/1', 'Unknown', '0'],
  ],
  [
    'the second init container waits',
    aPod({
      spec: { initContainers: [{ name: 'a' }, { name: 'b' }] },
      status: {
        phase: 'Pending',
        initContainerStatuses: [ended({ exitCode: 0 }), waiting('PodInitializing')],
        containerStatuses: [waiting('PodInitializing')],
      },
    }),
    ['0/1', 'Init:1/2', '0'],
  ],
  [
    'an init container fails',
    aPod({
      spec: { initContainers: [{ name: 'a' }] },
      status: { phase: 'Pending', initContainerStatuses: [{ ...ended({ exitCode: 3 }), restartCount: 2 }] },
    }),
    ['0/1', 'Init:ExitCode:3', '2'],
  ],
])('%s', (_name, object, [ready, status, restarts]) => {
  expect(summarisePod(object, now)).toEqual({ ready, status, restarts });
});
