import { mkdir, readFile } from 'node:fs/promises';
import { placeCluster } from '../cluster/cluster.ts';
import { compose } from '../cluster/compose.ts';
import { getItems, isReady, type NodeJson } from '../cluster/okube.ts';
import { findRemains } from '../cluster/remove-cluster.ts';
import { inRoot } from '../kit/paths.ts';
import { run } from '../kit/run.ts';
import { waitFor } from '../kit/wait.ts';
import { apply, running, webPod } from './kit/pods.ts';
import { stop, testCluster } from './kit/test-cluster.ts';

const readyNodes = async (): Promise<true | undefined> => {
  const nodes = await getItems<NodeJson>(testCluster, 'nodes').catch(() => []);
  return nodes.filter(isReady).length === 2 || undefined;
};

test('Compose alone brings a cluster up, and with the command of the README nothing of it is left', async () => {
  await stop();
  const place = await placeCluster(testCluster);
  await mkdir(testCluster.dir, { recursive: true });
  await compose(testCluster, ['up', '--detach'], { place });
  expect(await waitFor(readyNodes, { deadlineMs: 60_000 })).toBe(true);
  await apply(webPod('compose-pod'));
  await running('compose-pod');

  await compose(testCluster, ['down', '-v'], { place });
  const [command] = /docker rm -f [^`]+/.exec(await readFile(inRoot('README.md'), 'utf8'))!;
  await run(['bash', '-c', command.replace('cluster=own-kube', `cluster=${testCluster.name}`)]);
  expect(await findRemains(testCluster)).toMatchObject({ containers: [], networks: [], volumes: [] });
  await stop();
});
