/** The cluster of the end-to-end tests: brought up and taken down by what `npm start` and `npm stop` run. */
import { testCluster } from '../../cluster/cluster.ts';
import { getItems, isReady, tryOkube, type NodeJson } from '../../cluster/okube.ts';
import { inRoot } from '../../kit/paths.ts';
import { run } from '../../kit/run.ts';

const task = (name: string): Promise<string> =>
  run([inRoot('node_modules/.bin/node'), inRoot(`tools/${name}.ts`)], {
    env: { OWN_KUBE_LOCAL_CLUSTER: testCluster.name, CI: 'true' },
  });

/** `npm start` for the tests' cluster; what it said. */
export const start = (): Promise<string> => task('up');

/** `npm stop` for the tests' cluster; what it said. */
export const stop = (): Promise<string> => task('down');

/** Sees to it that the cluster is up, whichever test comes first. */
export async function ensureUp(): Promise<void> {
  const { code } = await tryOkube(testCluster, ['get', 'nodes']);
  if (code === 0 && (await getItems<NodeJson>(testCluster, 'nodes')).filter(isReady).length === 2) return;
  await start();
}

export { testCluster };
