import { PodSpec } from '@own-kube/api';
import { qosClass } from './qos-class';

const full = (cpu: string, memory: string) => ({ cpu: { string: cpu }, memory: { string: memory } });

test.each([
  ['nothing asked for', [{}], 'BestEffort'],
  ['limits alone', [{ limits: full('1', '1Gi') }], 'Guaranteed'],
  [
    'the same in another notation',
    [{ limits: full('1', '1Gi'), requests: full('1000m', '1024Mi') }],
    'Guaranteed',
  ],
  ['less requested', [{ limits: full('1', '1Gi'), requests: full('500m', '1Gi') }], 'Burstable'],
  ['a request alone', [{ requests: { cpu: { string: '1' } } }], 'Burstable'],
  ['one of two', [{ limits: full('1', '1Gi') }, {}], 'Burstable'],
])('%s', (_name, resources, expected) => {
  const spec = PodSpec.fromPartial({ containers: resources.map((each) => ({ resources: each })) });
  expect(qosClass(spec)).toBe(expected);
});
