import { type Pod, type PodStatus, toTime } from '@own-kube/api';
import type { ObservedPod } from './observed';
import { podStatus } from './pod-status';
import { anEnded, anInstance, aPod, aSandbox, noNetwork, now, seenPod } from './testing';

const statusOf = (pod: Pod, seen: ObservedPod): PodStatus => podStatus(pod, seen, '192.0.2.7');
const conditionsOf = ({ conditions }: PodStatus) => conditions.map(({ type, status }) => `${type}=${status}`);
const policy = (restartPolicy: string) => aPod({ spec: { restartPolicy } });
const pulls = (failedAt: number) =>
  new Map([
    [
      'a',
      { present: false, pull: { state: 'failed', message: 'no', failedAt, retryAt: now + 9000 } as const },
    ],
  ]);

test('a pod that runs', () => {
  const status = statusOf(aPod(), seenPod({ instances: [anInstance()] }));
  expect(status).toMatchObject({
    phase: 'Running',
    podIP: '10.244.0.2',
    podIPs: [{ ip: '10.244.0.2' }],
    hostIP: '192.0.2.7',
    startTime: toTime(now),
    qosClass: 'BestEffort',
    containerStatuses: [
      {
        name: 'a',
        ready: true,
        started: true,
        restartCount: 0,
        imageID: 'sha256:1',
        containerID: 'docker://c1',
        state: { running: { startedAt: toTime(now - 5000) } },
      },
    ],
  });
  expect(conditionsOf(status)).toEqual([
    'PodScheduled=True',
    'Initialized=True',
    'ContainersReady=True',
    'Ready=True',
  ]);
});

test.each<[string, Pod, ObservedPod, string]>([
  ['nothing yet', aPod(), seenPod({ sandboxes: [] }), 'Pending'],
  ['one of two', aPod({ names: ['a', 'b'] }), seenPod({ instances: [anInstance()] }), 'Pending'],
  [
    'between two starts',
    aPod(),
    seenPod({ instances: [anEnded({ exitCode: 1, backOffStep: 2 })] }),
    'Running',
  ],
  ['Never, success', policy('Never'), seenPod({ instances: [anEnded()] }), 'Succeeded'],
  ['Never, failure', policy('Never'), seenPod({ instances: [anEnded({ exitCode: 1 })] }), 'Failed'],
  ['OnFailure, success', policy('OnFailure'), seenPod({ instances: [anEnded()] }), 'Succeeded'],
  ['OnFailure, failure', policy('OnFailure'), seenPod({ instances: [anEnded({ exitCode: 1 })] }), 'Running'],
  [
    'Never, one ended and one runs',
    aPod({ names: ['a', 'b'], spec: { restartPolicy: 'Never' } }),
    seenPod({ instances: [anEnded({ exitCode: 1 }), anInstance({ id: 'c2', container: 'b' })] }),
    'Running',
  ],
  [
    'what ended stays ended',
    aPod({ status: { phase: 'Succeeded' } }),
    seenPod({ sandboxes: [] }),
    'Succeeded',
  ],
])('phase: %s', (_name, pod, seen, phase) => {
  expect(statusOf(pod, seen).phase).toBe(phase);
});

test.each<[string, ObservedPod, object]>([
  ['on its way', seenPod({ network: noNetwork }), { waiting: { reason: 'ContainerCreating' } }],
  [
    'just failed to pull',
    seenPod({ images: pulls(now - 1000) }),
    { waiting: { reason: 'ErrImagePull', message: 'no' } },
  ],
  ['waits to pull', seenPod({ images: pulls(now - 5000) }), { waiting: { reason: 'ImagePullBackOff' } }],
  [
    'could not be made',
    seenPod({ problems: new Map([['a', { reason: 'CreateContainerError', message: 'why' }]]) }),
    { waiting: { reason: 'CreateContainerError', message: 'why' } },
  ],
  [
    'the pod has a problem',
    seenPod({
      network: noNetwork,
      problems: new Map([['', { reason: 'ContainerCreating', message: 'no address' }]]),
    }),
    { waiting: { reason: 'ContainerCreating', message: 'no address' } },
  ],
  [
    'crashes',
    seenPod({ instances: [anEnded({ exitCode: 1, backOffStep: 2 })] }),
    { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 20s restarting container a' } },
  ],
  [
    'just ended',
    seenPod({ instances: [anEnded({ exitCode: 2 })] }),
    {
      terminated: {
        exitCode: 2,
        reason: 'Error',
        finishedAt: toTime(now - 1000),
        containerID: 'docker://c1',
      },
    },
  ],
  [
    'ended, and its image cannot be pulled again',
    seenPod({ instances: [anEnded()], images: pulls(now - 5000) }),
    { waiting: { reason: 'ImagePullBackOff' } },
  ],
  [
    'out of memory',
    seenPod({ instances: [anEnded({ exitCode: 137, oomKilled: true })] }),
    { terminated: { exitCode: 137, reason: 'OOMKilled' } },
  ],
  [
    'could not be started',
    seenPod({ instances: [anEnded({ exitCode: 127, error: 'no such file' })] }),
    { terminated: { exitCode: 127, reason: 'StartError', message: 'no such file' } },
  ],
])('state: %s', (_name, seen, state) => {
  expect(statusOf(aPod(), seen).containerStatuses[0]?.state).toMatchObject(state);
});

test('the state before: of what runs the attempt before, of what waits its own end', () => {
  const before = anEnded({ id: 'c0', exitCode: 5 });
  const running = seenPod({ instances: [anInstance({ attempt: 1 }), before] });
  expect(statusOf(aPod(), running).containerStatuses[0]).toMatchObject({
    restartCount: 1,
    lastState: { terminated: { exitCode: 5, containerID: 'docker://c0' } },
  });
  const waiting = seenPod({ instances: [anEnded({ exitCode: 6, attempt: 1, backOffStep: 1 }), before] });
  expect(statusOf(aPod(), waiting).containerStatuses[0]).toMatchObject({
    lastState: { terminated: { exitCode: 6 } },
  });
});

test('what observation cannot show any more is kept', () => {
  const pod = aPod({
    metadata: { deletionTimestamp: { seconds: 1 } },
    status: {
      podIP: '10.244.0.9',
      startTime: { seconds: 7, nanos: 0 },
      containerStatuses: [{ name: 'a', containerID: 'docker://c1', restartCount: 2, state: { running: {} } }],
    },
  });
  const status = statusOf(pod, seenPod({ sandboxes: [], network: noNetwork }));
  expect(status).toMatchObject({
    podIP: '10.244.0.9',
    startTime: { seconds: 7 },
    containerStatuses: [
      {
        ready: false,
        restartCount: 2,
        state: { terminated: { reason: 'ContainerStatusUnknown', exitCode: 137 } },
      },
    ],
  });
});

test("a condition's time is that of its last change; others' conditions stay", () => {
  const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: { seconds: 5, nanos: 0 } };
  const ready = { type: 'Ready', status: 'False', lastTransitionTime: { seconds: 5, nanos: 0 } };
  const pod = aPod({
    status: { conditions: [scheduled, ready, { type: 'example.org/ok', status: 'True' }] },
  });
  const { conditions } = statusOf(pod, seenPod({ instances: [anInstance()] }));
  const times = Object.fromEntries(
    conditions.map(({ type, lastTransitionTime }) => [type, lastTransitionTime?.seconds]),
  );
  expect(times).toMatchObject({ PodScheduled: 5, Ready: now / 1000 });
  expect(times).toHaveProperty(['example.org/ok']);
});

test('not ready says which', () => {
  const seen = seenPod({ instances: [anInstance()], sandboxes: [aSandbox()] });
  const { conditions } = statusOf(aPod({ names: ['a', 'b'] }), seen);
  expect(conditions.find(({ type }) => type === 'Ready')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [b]',
  });
});

test('the same sight gives the same status', () => {
  const seen = seenPod({ instances: [anInstance()] });
  const first = statusOf(aPod(), seen);
  expect(statusOf(aPod({ status: first }), { ...seen, now: now + 60_000 })).toEqual(first);
});
