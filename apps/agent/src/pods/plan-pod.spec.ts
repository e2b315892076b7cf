import type { Pod } from '@own-kube/api';
import type { ImageState, ObservedPod } from './observed';
import { planPod } from './plan-pod';
import type { Step } from './steps';
import { anEnded, anInstance, aPod, aSandbox, noNetwork, now, seenPod } from './testing';

/** A step in one line. */
function describeStep(step: Step): string {
  switch (step.action) {
    case 'createSandbox':
      return `createSandbox ${step.attempt}`;
    case 'createAndStartContainer':
      return `start ${step.container.name} ${step.attempt} step ${step.backOffStep} in ${step.sandboxId}`;
    case 'startContainer':
      return `start created ${step.id}`;
    case 'pullImage':
      return `pull for ${step.container.name} ${step.attempt}`;
    case 'killContainer':
      return `${step.killSignal} ${step.id}`;
    case 'removeContainer':
    case 'removeSandbox':
      return `${step.action} ${step.id}`;
    case 'waitUntil':
      return `wait ${step.at - now}`;
    case 'attachNetwork':
    case 'detachNetwork':
    case 'deletePodObject':
      return step.action;
  }
}

const plan = (pod: Pod | undefined, seen: ObservedPod) => planPod('u1', pod, seen).map(describeStep);
const policy = (restartPolicy: string) => aPod({ spec: { restartPolicy } });
const ended = (shape: Parameters<typeof anEnded>[0] = {}) => seenPod({ instances: [anEnded(shape)] });
const withImage = (image: ImageState) => seenPod({ images: new Map([['a', image]]) });
const failed = { state: 'failed', message: 'x', failedAt: now - 1000, retryAt: now + 9000 } as const;
const other = { specHash: 'another' };

test.each<[string, Pod, ObservedPod, string[]]>([
  ['a new pod gets a sandbox', aPod(), seenPod({ sandboxes: [], network: noNetwork }), ['createSandbox 0']],
  ['the sandbox gets its address', aPod(), seenPod({ network: noNetwork }), ['attachNetwork']],
  [
    'then all containers start',
    aPod({ names: ['a', 'b'] }),
    seenPod(),
    ['start a 0 step 0 in s1', 'start b 0 step 0 in s1'],
  ],
  ['what runs is left alone', aPod(), seenPod({ instances: [anInstance()] }), []],
  [
    'an address that is not sure is asked for, and the containers are looked after',
    aPod(),
    seenPod({ network: { ip: '10.244.0.2', fresh: false, detached: false }, instances: [anEnded()] }),
    ['attachNetwork', 'start a 1 step 1 in s1'],
  ],
  [
    'a container that was only created is started',
    aPod(),
    seenPod({ instances: [anInstance({ state: 'created' })] }),
    ['start created c1'],
  ],
  [
    'one that was created for another spec is removed',
    aPod(),
    seenPod({ instances: [anInstance({ state: 'created', ...other })] }),
    ['removeContainer c1'],
  ],
  [
    'one that was created in another sandbox is removed',
    aPod(),
    seenPod({ instances: [anInstance({ state: 'created', sandboxId: 's0' })] }),
    ['removeContainer c1'],
  ],
  ['a changed spec: asked to end', aPod(), seenPod({ instances: [anInstance(other)] }), ['SIGTERM c1']],
  [
    'a changed spec: waited for',
    aPod(),
    seenPod({ instances: [anInstance(other)], stops: new Map([['c1', now - 1000]]) }),
    ['wait 29000'],
  ],
  [
    'a changed spec: killed when the grace is over',
    aPod(),
    seenPod({ instances: [anInstance(other)], stops: new Map([['c1', now - 30_000]]) }),
    ['SIGKILL c1'],
  ],
  [
    'a changed spec: started anew without a pause',
    aPod(),
    ended({ ...other, backOffStep: 3 }),
    ['start a 1 step 0 in s1'],
  ],
  [
    'what Docker is removing is waited for',
    aPod(),
    seenPod({ instances: [anInstance({ state: 'removing' })] }),
    ['wait 500'],
  ],
])('%s', (_name, pod, seen, steps) => {
  expect(plan(pod, seen)).toEqual(steps);
});

test.each<[string, Pod, ObservedPod, string[]]>([
  ['Always: the first end is followed at once', aPod(), ended({ exitCode: 1 }), ['start a 1 step 1 in s1']],
  ['Always: also after success', aPod(), ended(), ['start a 1 step 1 in s1']],
  ['the second end waits 10 s', aPod(), ended({ attempt: 1, backOffStep: 1 }), ['wait 9000']],
  ['the tenth waits 5 min', aPod(), ended({ attempt: 9, backOffStep: 9 }), ['wait 299000']],
  ['OnFailure: after failure', policy('OnFailure'), ended({ exitCode: 1 }), ['start a 1 step 1 in s1']],
  ['OnFailure: after success the pod is over', policy('OnFailure'), ended(), ['detachNetwork']],
  ['Never: the pod is over', policy('Never'), ended({ exitCode: 1 }), ['detachNetwork']],
  [
    'over and detached: the sandbox goes',
    policy('Never'),
    { ...ended(), network: { ...noNetwork, detached: true } },
    ['removeSandbox s1'],
  ],
  ['over and cleared: nothing', policy('Never'), { ...ended(), sandboxes: [], network: noNetwork }, []],
  [
    'said to be over once: never started again',
    aPod({ status: { phase: 'Failed' } }),
    seenPod({ sandboxes: [], network: noNetwork }),
    [],
  ],
  [
    'Never, and the remains were removed by hand: still over',
    aPod({
      spec: { restartPolicy: 'Never' },
      status: {
        containerStatuses: [
          { name: 'a', containerID: 'docker://c1', state: { terminated: { exitCode: 0 } } },
        ],
      },
    }),
    seenPod({ sandboxes: [] }),
    [],
  ],
  [
    'removed by hand while it ran: the next attempt',
    aPod({
      status: {
        containerStatuses: [
          { name: 'a', containerID: 'docker://c1', restartCount: 4, state: { running: {} } },
        ],
      },
    }),
    seenPod(),
    ['start a 5 step 0 in s1'],
  ],
  [
    'the last two ends are kept',
    aPod(),
    seenPod({
      instances: [anInstance({ id: 'c3', attempt: 2 }), anEnded({ id: 'c2', attempt: 1 }), anEnded()],
    }),
    ['removeContainer c1'],
  ],
])('end: %s', (_name, pod, seen, steps) => {
  expect(plan(pod, seen)).toEqual(steps);
});

const deadSandbox = aSandbox({ running: false, finishedAt: now - 1000 });
test.each<[string, Pod, ObservedPod, string[]]>([
  [
    'a dead sandbox: what runs is killed, the address given back',
    aPod(),
    seenPod({ sandboxes: [deadSandbox], instances: [anInstance()], network: noNetwork }),
    ['SIGKILL c1', 'detachNetwork'],
  ],
  [
    'then another takes its place',
    aPod(),
    seenPod({ sandboxes: [deadSandbox], network: { ...noNetwork, detached: true } }),
    ['createSandbox 1'],
  ],
  [
    'more slowly when it happens again',
    aPod(),
    seenPod({ sandboxes: [{ ...deadSandbox, attempt: 1 }], network: { ...noNetwork, detached: true } }),
    ['wait 9000'],
  ],
  [
    'the old one is removed when the new one is there',
    aPod(),
    seenPod({ sandboxes: [aSandbox({ id: 's2', attempt: 1 }), deadSandbox], network: noNetwork }),
    ['attachNetwork', 'removeSandbox s1'],
  ],
  [
    'containers of the old sandbox start anew without a pause',
    aPod(),
    seenPod({ sandboxes: [aSandbox({ id: 's2' })], instances: [anEnded({ exitCode: 137, backOffStep: 4 })] }),
    ['start a 1 step 0 in s2'],
  ],
  [
    'a sandbox that was restarted under its containers is replaced',
    aPod(),
    seenPod({
      sandboxes: [aSandbox({ startedAt: now - 1000 })],
      instances: [anInstance({ startedAt: now - 5000 })],
      network: { ...noNetwork, detached: true },
    }),
    ['SIGKILL c1', 'createSandbox 1'],
  ],
  [
    'a sandbox that was removed by hand is made anew',
    aPod({ status: { podIP: '10.244.0.2' } }),
    seenPod({ sandboxes: [], network: noNetwork }),
    ['detachNetwork'],
  ],
  [
    'hostNetwork: no address is asked for or given back',
    aPod({ spec: { hostNetwork: true } }),
    seenPod({ sandboxes: [deadSandbox], network: { ip: '192.0.2.1', fresh: true, detached: false } }),
    ['createSandbox 1'],
  ],
])('sandbox: %s', (_name, pod, seen, steps) => {
  expect(plan(pod, seen)).toEqual(steps);
});

const image = (change: object) => aPod({ spec: { containers: [{ name: 'a', image: 'web:1', ...change }] } });
test.each<[string, Pod, ImageState, string[]]>([
  ['IfNotPresent, missing', image({}), { present: false }, ['pull for a 0']],
  ['IfNotPresent, there', image({}), { present: true }, ['start a 0 step 0 in s1']],
  ['being pulled', image({}), { present: false, pull: { state: 'pulling' } }, []],
  ['just failed: shown first', image({}), { present: false, pull: failed }, ['wait 1000']],
  [
    'failed: the next waits',
    image({}),
    { present: false, pull: { ...failed, failedAt: now - 5000 } },
    ['wait 9000'],
  ],
  ['failed: the next', image({}), { present: false, pull: { ...failed, retryAt: now } }, ['pull for a 0']],
  ['Never, missing', image({ imagePullPolicy: 'Never' }), { present: false }, []],
  ['Always, there', image({ imagePullPolicy: 'Always' }), { present: true }, ['pull for a 0']],
  [':latest is Always', image({ image: 'web' }), { present: true }, ['pull for a 0']],
  [
    'Always, pulled for this start',
    image({ imagePullPolicy: 'Always' }),
    { present: true, pull: { state: 'pulled', attempt: 0 } },
    ['start a 0 step 0 in s1'],
  ],
  [
    'Always, pulled for the start before',
    image({ imagePullPolicy: 'Always' }),
    { present: true, pull: { state: 'pulled', attempt: 7 } },
    ['pull for a 0'],
  ],
  ['no name of an image', image({ image: 'A b' }), { present: false }, []],
])('image: %s', (_name, pod, state, steps) => {
  expect(plan(pod, withImage(state))).toEqual(steps);
});

const deleted = (deletionGracePeriodSeconds: number) =>
  aPod({ metadata: { deletionTimestamp: { seconds: 1 }, deletionGracePeriodSeconds } });
const two = [anInstance(), anInstance({ id: 'c2', container: 'b', stopSignal: 'SIGQUIT' })];
test.each<[string, Pod | undefined, ObservedPod, string[]]>([
  ['all are asked to end', deleted(30), seenPod({ instances: two }), ['SIGTERM c1', 'SIGQUIT c2']],
  [
    'each has its time',
    deleted(30),
    seenPod({
      instances: two,
      stops: new Map([
        ['c1', now - 30_000],
        ['c2', now - 1000],
      ]),
    }),
    ['SIGKILL c1', 'wait 29000'],
  ],
  [
    'a shorter grace counts from the first signal on',
    deleted(2),
    seenPod({ instances: [anInstance()], stops: new Map([['c1', now - 3000]]) }),
    ['SIGKILL c1'],
  ],
  [
    'when all have ended, everything goes',
    deleted(30),
    seenPod({ instances: [anEnded()] }),
    ['detachNetwork', 'removeContainer c1', 'removeSandbox s1'],
  ],
  [
    'without grace everything goes at once',
    deleted(0),
    seenPod({ instances: [anInstance()] }),
    ['detachNetwork', 'removeContainer c1', 'removeSandbox s1'],
  ],
  [
    'what Docker is removing is waited for',
    deleted(30),
    seenPod({
      instances: [anInstance({ state: 'removing' })],
      sandboxes: [],
      network: { ...noNetwork, detached: true },
    }),
    ['wait 500'],
  ],
  [
    'at last the object',
    deleted(30),
    seenPod({ sandboxes: [], network: { ...noNetwork, detached: true } }),
    ['deletePodObject'],
  ],
  [
    'not before the address is given back',
    deleted(30),
    seenPod({ sandboxes: [], network: noNetwork }),
    ['detachNetwork'],
  ],
  [
    'a pod that the api-server has no more gets no time',
    undefined,
    seenPod({ instances: [anInstance()] }),
    ['detachNetwork', 'removeContainer c1', 'removeSandbox s1'],
  ],
  [
    'nothing is left of it',
    undefined,
    seenPod({ sandboxes: [], network: { ...noNetwork, detached: true } }),
    [],
  ],
])('deletion: %s', (_name, pod, seen, steps) => {
  expect(plan(pod, seen)).toEqual(steps);
});
