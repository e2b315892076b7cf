import { createServer } from 'node:net';
import { mkdtemp, readFile, rm, writeFile, cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getItems, tryOkube, type PodJson } from '../cluster/okube.ts';
import { webPod } from './kit/pods.ts';
import { ensureUp, testCluster } from './kit/test-cluster.ts';

beforeAll(ensureUp);

const applyText = (input: string) => tryOkube(testCluster, ['apply', '-f', '-'], { input });
const manifest = (spec: string, name = 'bad-input') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n${spec}`;

describe.each<[string, string, RegExp]>([
  [
    'an unknown field',
    manifest('  containers:\n    - name: a\n      imagee: b\n'),
    /spec\.containers\[0\]\.imagee.*image/s,
  ],
  [
    'a wrong type',
    manifest('  containers:\n    - name: a\n      image: b\n      ports: many\n'),
    /spec\.containers\[0\]\.ports/,
  ],
  [
    'a bad name',
    manifest('  containers:\n    - name: a\n      image: b\n', 'Bad_Name'),
    /metadata\.name.*Bad_Name/s,
  ],
  ['a missing image', manifest('  containers:\n    - name: a\n'), /spec\.containers\[0\]\.image/],
])('%s', (_name, text, message) => {
  test('is refused with one sentence that names the path, and nothing is made', async () => {
    const good = JSON.stringify(webPod('bad-input-first'));
    const { code, stdout, output } = await applyText(`${good}\n---\n${text}`);
    const said = output.slice(stdout.length).trim() || output.trim();
    expect(code).not.toBe(0);
    expect(said).toMatch(message);
    expect(said.split('\n')).toHaveLength(1);
    const names = (await getItems<PodJson>(testCluster, 'pods')).map(({ metadata }) => metadata.name);
    expect(names).not.toContain('bad-input');
    expect(names).not.toContain('bad-input-first');
  });
});

test('an api-server that cannot be reached is named by its address', async () => {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
  const folder = await mkdtemp(join(tmpdir(), 'own-kube-config-'));
  try {
    await cp(testCluster.dir, folder, { recursive: true });
    const config = await readFile(join(folder, 'config'), 'utf8');
    await writeFile(join(folder, 'config'), config.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`));
    const env = { OWN_KUBE_CONFIG: join(folder, 'config') };
    const { code, output } = await tryOkube(testCluster, ['get', 'nodes'], { env });
    expect(code).not.toBe(0);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(`127.0.0.1:${port}`);
  } finally {
    await rm(folder, { recursive: true });
  }
});
