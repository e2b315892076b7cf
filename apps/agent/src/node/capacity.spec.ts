import { buildCapacity } from './capacity';

const machine = { cores: 2, memoryBytes: 24 * 2 ** 30 };

test("the machine's, in whole", () => {
  expect(buildCapacity(machine)).toEqual({
    cpu: { string: '2' },
    memory: { string: '24Gi' },
    pods: { string: '110' },
  });
});

test('settings count instead', () => {
  expect(buildCapacity({ ...machine, cpus: '1500m', memory: '2Gi' })).toEqual({
    cpu: { string: '1500m' },
    memory: { string: '2Gi' },
    pods: { string: '110' },
  });
});
