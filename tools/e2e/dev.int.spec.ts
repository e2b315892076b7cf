import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { inRoot } from '../kit/paths.ts';
import { run } from '../kit/run.ts';
import { waitFor } from '../kit/wait.ts';
import { containerOf } from './kit/parts.ts';
import { apply, removePods, running, webPod } from './kit/pods.ts';
import { ensureUp, testCluster } from './kit/test-cluster.ts';

const startedAt = (container: string): Promise<string> =>
  run(['docker', 'inspect', '--format', '{{.State.StartedAt}}', container]);

let dev: ChildProcess;
let output = '';

beforeAll(async () => {
  await ensureUp();
  await apply(webPod('dev-pod'));
  dev = spawn(process.execPath, [inRoot('tools/dev.ts'), 'scheduler'], {
    env: { ...process.env, OWN_KUBE_LOCAL_CLUSTER: testCluster.name },
  });
  for (const stream of [dev.stdout, dev.stderr])
    stream?.on('data', (text: Buffer) => (output += text.toString()));
});

afterAll(async () => {
  dev.kill('SIGKILL');
  await removePods('dev-pod');
});

const builds = (): number => output.match(/scheduler is built and runs in/g)?.length ?? 0;

async function built(times: number): Promise<void> {
  const done = await waitFor(async () => (builds() >= times ? true : undefined), { deadlineMs: 60_000 });
  if (!done) throw new Error(`npm run dev did not build ${times} times:\n${output}`);
}

test('a save restarts that app with the new bundle, and nothing else', async () => {
  const [pod] = await running('dev-pod');
  await built(1);
  const [scheduler, agent] = [await containerOf('scheduler'), await containerOf('agent-1')];
  const before = await Promise.all([scheduler, agent, pod!.container].map(startedAt));

  const source = inRoot('apps/scheduler/src/main.ts');
  await writeFile(source, await readFile(source));
  await built(2);

  const after = await Promise.all([scheduler, agent, pod!.container].map(startedAt));
  expect(after[0]).not.toBe(before[0]);
  expect(after.slice(1)).toEqual(before.slice(1));
  const said = await waitFor(async () => (/^scheduler \| \{/m.test(output) ? true : undefined), {
    deadlineMs: 30_000,
  });
  expect(said).toBe(true);

  dev.kill('SIGINT');
  const [code] = (await once(dev, 'exit')) as [number];
  expect(code).toBe(0);
});

test('an app that there is not is answered with those there are', async () => {
  const argv: [string, ...string[]] = [process.execPath, inRoot('tools/dev.ts'), 'kubelet'];
  await expect(run(argv)).rejects.toThrow(/There is no app "kubelet".*api-server, agent/s);
});
