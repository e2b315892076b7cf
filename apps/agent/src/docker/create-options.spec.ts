import { buildCreateOptions } from './create-options';
import type { NewContainer } from './engine';

const aContainer: NewContainer = {
  name: 'ok_web',
  image: 'web:1',
  labels: { a: 'b' },
  networkMode: 'none',
  ipcMode: 'shareable',
};

test('the least: Docker does not restart it, its log is bounded', () => {
  expect(buildCreateOptions(aContainer)).toEqual({
    name: 'ok_web',
    Image: 'web:1',
    Labels: { a: 'b' },
    HostConfig: {
      NetworkMode: 'none',
      IpcMode: 'shareable',
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
    },
  });
});

test('everything', () => {
  expect(
    buildCreateOptions({
      ...aContainer,
      entrypoint: ['sh'],
      command: ['-c', 'true'],
      env: ['A=b'],
      workingDir: '/srv',
      hostname: 'web',
      stdin: true,
      stdinOnce: true,
      tty: true,
      stopTimeoutSeconds: 0,
    }),
  ).toMatchObject({
    Entrypoint: ['sh'],
    Cmd: ['-c', 'true'],
    Env: ['A=b'],
    WorkingDir: '/srv',
    Hostname: 'web',
    OpenStdin: true,
    StdinOnce: true,
    Tty: true,
    StopTimeout: 0,
  });
});

test.each([
  [{ cpuMillis: 250 }, { CpuPeriod: 100_000, CpuQuota: 25_000 }],
  [{ cpuMillis: 64_000 }, { CpuPeriod: 100_000, CpuQuota: 6_400_000 }],
  [{ cpuMillis: 1 }, { CpuPeriod: 100_000, CpuQuota: 1000 }],
  [{ cpuShares: 102 }, { CpuShares: 102 }],
  [{ memoryBytes: 64 << 20 }, { Memory: 64 << 20, MemorySwap: 64 << 20 }],
])('limits %j', (limits, hostConfig) => {
  expect(buildCreateOptions({ ...aContainer, limits }).HostConfig).toMatchObject(hostConfig);
});
