import { existsSync } from 'node:fs';
import { findRemains } from '../cluster/remove-cluster.ts';
import { run } from '../kit/run.ts';
import { start, stop, testCluster } from './kit/test-cluster.ts';

/** What a cluster could leave behind on this machine outside of Docker's lists. */
const devices = async (): Promise<string[]> =>
  (JSON.parse(await run(['ip', '-json', 'link'])) as { ifname: string }[]).map(({ ifname }) => ifname).sort();

test('start shows what runs, also when it runs already, and stop leaves nothing', async () => {
  await stop();
  const before = await devices();

  const first = await start();
  expect(first).toMatch(/node-1 .*\n.*node-2 /);
  expect(first).toMatch(/whats-my-ip-1 .*10\.244\.\d+\.\d+/);
  expect(first).toMatch(/Across the nodes: whats-my-ip-1 asked http:\/\/(\S+)\/ and got: \1 whats-my-ip-2/);
  for (const file of ['ca.crt', 'admin.crt', 'admin.key', 'config'])
    expect(existsSync(`${testCluster.dir}/${file}`)).toBe(true);

  expect(await start()).toMatch(/Across the nodes: whats-my-ip-1 asked/);

  expect(await stop()).toContain('are gone');
  expect(await findRemains(testCluster)).toEqual({ containers: [], networks: [], volumes: [], files: [] });
  expect(await devices()).toEqual(before);
  expect(await stop()).toContain('There is nothing of the cluster');
});
