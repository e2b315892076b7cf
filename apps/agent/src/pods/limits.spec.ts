import { ResourceRequirements } from '@own-kube/api';
import { buildLimits } from './limits';

const cpu = (string: string) => ({ cpu: { string } });
const memory = (string: string) => ({ memory: { string } });

test.each([
  ['nothing', {}, { cpuShares: 2 }],
  ['a request', { requests: cpu('250m') }, { cpuShares: 256 }],
  ['a limit is the request too', { limits: cpu('2') }, { cpuMillis: 2000, cpuShares: 2048 }],
  [
    'both',
    { requests: cpu('100m'), limits: { ...cpu('500m'), ...memory('64Mi') } },
    { cpuMillis: 500, cpuShares: 102, memoryBytes: 67_108_864 },
  ],
])('%s', (_name, resources, limits) => {
  expect(buildLimits(ResourceRequirements.fromPartial(resources))).toEqual(limits);
});
