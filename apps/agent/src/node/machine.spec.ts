import { availableMemory, readHeadroom, readMachine, runningProcesses } from './machine';

test('texts of the kernel', () => {
  expect(availableMemory('MemTotal:       4000 kB\nMemFree:  1 kB\nMemAvailable:   1000 kB\n')).toBe(0.25);
  expect(runningProcesses('0.10 0.20 0.30 1/345 6789\n')).toBe(345);
});

test('this machine', async () => {
  const { memory, disk, processes } = await readHeadroom();
  for (const part of [memory, disk, processes]) {
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThanOrEqual(1);
  }
  expect(await readMachine()).toMatchObject({ architecture: expect.stringMatching(/^(amd64|arm64)$/) });
});
