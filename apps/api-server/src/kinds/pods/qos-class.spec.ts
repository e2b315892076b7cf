import { PodSpec } from '@own-kube/api';
import { qosClass } from './qos-class';

const amounts = (cpu?: string, memory?: string) => ({
  ...(cpu ? { cpu: { string: cpu } } : {}),
  ...(memory ? { memory: { string: memory } } : {}),
});

test.each([
  ['asks nothing', [{}], 'BestEffort'],
  ['asks for nothing of nothing', [{ requests: amounts('0') }], 'BestEffort'],
  ['has requests', [{ requests: amounts('1') }], 'Burstable'],
  [
    'has limits on all, equal to its requests',
    [{ limits: amounts('1', '1Gi'), requests: amounts('1000m', '1024Mi') }],
    'Guaranteed',
  ],
  [
    'has limits above its requests',
    [{ limits: amounts('1', '1Gi'), requests: amounts('1', '1Mi') }],
    'Burstable',
  ],
  [
    'has a container that asks nothing',
    [{ limits: amounts('1', '1Gi'), requests: amounts('1', '1Gi') }, {}],
    'Burstable',
  ],
])('a pod that %s is %s', (_name, all, expected) => {
  const spec = PodSpec.fromPartial({ containers: all.map((resources, i) => ({ name: `c${i}`, resources })) });
  expect(qosClass(spec)).toBe(expected);
});
