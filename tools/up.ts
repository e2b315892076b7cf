/** `npm start`: brings up the local cluster with whatever it takes, runs two pods, and shows that they answer. */
import { relative } from 'node:path';
import { localCluster, pickCluster, placeCluster, type Cluster } from './cluster/cluster.ts';
import { findPodContainer, inContainer } from './cluster/containers.ts';
import { okube } from './cluster/okube.ts';
import { startContainers } from './cluster/start-containers.ts';
import { applyWhenServed, waitForNodes, waitForPods } from './cluster/wait-ready.ts';
import { ensureImages } from './images/ensure-images.ts';
import { ensureOkube } from './images/ensure-okube.ts';
import { root } from './kit/paths.ts';
import { say, step } from './kit/say.ts';
import { Stop, task } from './kit/task.ts';
import { ensureBaseImage } from './setup/base-image.ts';
import { ensureEngine } from './setup/engine.ts';

const manifest = 'deploy/examples/whats-my-ip/pods.yaml';
const names = ['whats-my-ip-1', 'whats-my-ip-2'] as const;

/** Runs the example, and answers with what its first pod got from its second. */
async function runExample(cluster: Cluster): Promise<string> {
  await step(`Giving the api-server two pods (${manifest})`, (progress) =>
    applyWhenServed(cluster, manifest, progress),
  );
  await step('Waiting for the nodes', (progress) => waitForNodes(cluster, progress));
  return step('Waiting for the pods', async (progress) => {
    const [, second] = await waitForPods(cluster, names, progress);
    const address = second?.status?.podIP ?? '';
    const container = await findPodContainer(cluster.name, names[0]);
    if (!container) throw new Stop(`The pod ${names[0]} runs, but Docker has no container of it.`);
    const answer = await inContainer(container, 'wget', '-q', '-T', '10', '-O', '-', `http://${address}/`);
    return `${names[0]} asked http://${address}/ and got: ${answer}`;
  });
}

async function show(cluster: Cluster, answer: string): Promise<void> {
  const [nodes, pods] = await Promise.all([
    okube(cluster, ['get', 'nodes', '--output', 'wide']),
    okube(cluster, ['get', 'pods', '--output', 'wide']),
  ]);
  const dir = relative(root, cluster.dir);
  say(`\n${nodes}\n\n${pods}\n\nAcross the nodes: ${answer}\n`);
  say(
    `For any gRPC client: ${dir}/ca.crt, ${dir}/admin.crt, ${dir}/admin.key (the address is in ${dir}/config)`,
  );
  if (cluster !== localCluster) return;
  say(`
What to try next:
  npx okube get pods -o wide -w
  npx okube get nodes -o yaml
  npx okube delete -f ${manifest}
  npm run dev -- proxy        change apps/proxy and see it run
  npm stop                    take it all down`);
}

await task(async () => {
  const cluster = pickCluster();
  const started = Date.now();
  await ensureEngine();
  await ensureBaseImage();
  const [place] = await Promise.all([placeCluster(cluster), ensureImages()]);
  await ensureOkube();
  await startContainers(cluster, place);
  await show(cluster, await runExample(cluster));
  say(`\nReady after ${((Date.now() - started) / 1000).toFixed(1)} s.`);
});
