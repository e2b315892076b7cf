import { toTime } from '@own-kube/api';
import { nodeConditions } from './node-conditions';

const well = {
  engineProblem: undefined,
  networkProblem: undefined,
  headroom: { memory: 0.5, disk: 0.5, processes: 0.5 },
};
const summary = (...args: Parameters<typeof nodeConditions>) =>
  nodeConditions(...args).map(({ type, status }) => `${type}=${status}`);

test.each([
  ['all is well', {}, ['Ready=True', 'NetworkUnavailable=False', 'MemoryPressure=False']],
  ['Docker is away', { engineProblem: 'x' }, ['Ready=False', 'NetworkUnavailable=False']],
  ['the proxy is away', { networkProblem: 'x' }, ['Ready=False', 'NetworkUnavailable=True']],
  ['the disk is full', { headroom: { ...well.headroom, disk: 0.09 } }, ['Ready=True', 'DiskPressure=True']],
  ['no memory', { headroom: { ...well.headroom, memory: 0.01 } }, ['MemoryPressure=True']],
  ['no process ids', { headroom: { ...well.headroom, processes: 0.05 } }, ['PIDPressure=True']],
])('%s', (_name, health, expected) => {
  expect(summary({ ...well, ...health }, [], 0)).toEqual(expect.arrayContaining(expected));
});

test('a heartbeat moves the one time, a change both', () => {
  const first = nodeConditions(well, [], 1000);
  const later = nodeConditions({ ...well, networkProblem: 'x' }, first, 11_000);
  const times = (type: string) => {
    const { lastHeartbeatTime, lastTransitionTime } = later.find((condition) => condition.type === type)!;
    return [lastHeartbeatTime, lastTransitionTime];
  };
  expect(times('DiskPressure')).toEqual([toTime(11_000), toTime(1000)]);
  expect(times('Ready')).toEqual([toTime(11_000), toTime(11_000)]);
});
