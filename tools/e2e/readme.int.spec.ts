import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compose } from '../cluster/compose.ts';
import { placeCluster } from '../cluster/cluster.ts';
import { okube } from '../cluster/okube.ts';
import { inRoot } from '../kit/paths.ts';
import { run, tryRun, type RunResult } from '../kit/run.ts';
import { python } from '../setup/requirements.ts';
import { ensureUp, testCluster } from './kit/test-cluster.ts';

/** Fenced blocks of a language, in their order. */
const blocks = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text!);

/** Commands as a shell takes them: a backslash carries a line on. */
const commands = (text: string): string[] => text.replaceAll('\\\n', ' ').trim().split('\n');

const quoted = (markdown: string): string[] =>
  [...markdown.matchAll(/`((?:npm|npx|docker) [^`]+)`/g)].map(([, command]) =>
    command!.replaceAll(/\s+/g, ' '),
  );

/** Run by others: by the tests around this one, or they are what runs this one. */
const elsewhere = [
  /^npm (start|stop)$/, // lifecycle.int.spec.ts
  /^npm test$/,
  /^npm run (build|lint|typecheck)$/, // the checks of npm test
  /^npx nx run [a-z-]+:(test|integration)$/, // the suites of npm test
  /^docker compose (up|down -v)$/, // compose.int.spec.ts
  /^docker rm -f /, // compose.int.spec.ts
  /^npm run dev -- /, // dev.int.spec.ts
  /^npm run bench -- /, // bench.int.spec.ts
];

let text: string;
let folder: string;

/** As a newcomer would, in a folder that has proto/ and .own-kube/ of the tests' cluster. */
const inFolder = (...argv: [string, ...string[]]): Promise<RunResult> =>
  tryRun(argv, { cwd: folder, env: { OWN_KUBE_CONFIG: join(testCluster.dir, 'config') } });

async function apiServer(): Promise<string> {
  const { port } = await placeCluster(testCluster);
  return `127.0.0.1:${port}`;
}

beforeAll(async () => {
  await ensureUp();
  text = await readFile(inRoot('README.md'), 'utf8');
  // Below the repository, so that the client in TypeScript finds its packages.
  await mkdir(inRoot('dist'), { recursive: true });
  folder = await mkdtemp(inRoot('dist/readme-'));
  for (const name of ['proto', 'deploy', 'node_modules', 'package.json', 'nx.json', 'project.json'])
    await symlink(inRoot(name), join(folder, name));
  await symlink(testCluster.dir, join(folder, '.own-kube'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('every command of the README is run', async () => {
  const all = [...blocks(text, 'sh').flatMap(commands), ...quoted(text)];
  expect(all.length).toBeGreaterThan(15);
  for (const command of all.filter((each) => !elsewhere.some((pattern) => pattern.test(each)))) {
    if (command === 'npx nx graph') {
      await run(['npx', 'nx', 'graph', `--file=${join(folder, 'graph.json')}`]);
    } else if (command.startsWith('docker compose run')) {
      const args = command.split(' ').slice(2);
      expect(await compose(testCluster, args, { place: await placeCluster(testCluster) })).toMatch(
        /node-2 +Ready/,
      );
    } else {
      const { code, output } = await inFolder('bash', '-c', command);
      if (code !== 0) throw new Error(`${command} ended with ${code}:\n${output}`);
    }
  }
});

test('the client in TypeScript sees the pods that there are', async () => {
  await okube(testCluster, ['apply', '-f', inRoot('deploy/examples/whats-my-ip/pods.yaml')]);
  await writeFile(join(folder, 'client.mts'), blocks(text, 'ts').join('\n'));
  const { code, output } = await inFolder(process.execPath, 'client.mts', await apiServer());
  if (code !== 0) throw new Error(`the client ended with ${code}:\n${output}`);
  expect(output).toMatch(/^ADDED whats-my-ip-1 /m);
  expect(output).toMatch(/^ADDED whats-my-ip-2 /m);
});

test('the client in Python lists the nodes', async () => {
  const [protoc] = blocks(text, 'sh').filter((block) => block.startsWith('protoc'));
  expect((await inFolder('bash', '-c', protoc!)).output).toBe('');
  await writeFile(join(folder, 'client.py'), blocks(text, 'python').join('\n'));
  const { code, output } = await inFolder(python, 'client.py', await apiServer());
  if (code !== 0) throw new Error(`the client ended with ${code}:\n${output}`);
  expect(output).toMatch(/^node-1 10\.244\.\d+\.0\/24\nnode-2 10\.244\.\d+\.0\/24$/m);
});

test('the arrows between apps and libs are those of the design', async () => {
  const file = join(folder, 'arrows.json');
  await run([inRoot('node_modules/.bin/nx'), 'graph', `--file=${file}`]);
  const { graph } = JSON.parse(await readFile(file, 'utf8')) as {
    graph: { dependencies: Record<string, { target: string }[]> };
  };
  const arrows = (name: string) =>
    new Set(graph.dependencies[name]!.map(({ target }) => target).filter((t) => !t.includes(':')));
  expect(arrows('api')).toEqual(new Set());
  expect(arrows('process')).toEqual(new Set());
  expect(arrows('rpc')).toEqual(new Set(['api']));
  expect(arrows('client')).toEqual(new Set(['api', 'rpc', 'process']));
  const apps = ['api-server', 'agent', 'proxy', 'scheduler', 'cli'];
  for (const app of apps) expect([...arrows(app)].filter((target) => apps.includes(target))).toEqual([]);
});
