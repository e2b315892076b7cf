import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../kit/paths.ts';
import { run, tryRun } from '../kit/run.ts';
import { python } from '../setup/requirements.ts';
import { ensureUp, testCluster } from './kit/test-cluster.ts';

let generated: string;

beforeAll(async () => {
  await ensureUp();
  generated = await mkdtemp(join(tmpdir(), 'own-kube-python-'));
  const plugin = await run(['which', 'grpc_python_plugin']);
  const protos = globSync('ownkube/**/*.proto', { cwd: inRoot('proto') });
  const out = [`--python_out=${generated}`, `--grpc_out=${generated}`];
  await run(['protoc', '--proto_path=.', `--plugin=protoc-gen-grpc=${plugin}`, ...out, ...protos], {
    cwd: inRoot('proto'),
  });
});

afterAll(() => rm(generated, { recursive: true, force: true }));

test('a client in Python lists nodes, creates a pod, watches it to Running and deletes it', async () => {
  const config = await readFile(join(testCluster.dir, 'config'), 'utf8');
  const address = /server: ['"]?(?:https:\/\/)?([\w.]+:\d+)/.exec(config)?.[1] ?? '';
  const { code, output } = await tryRun(
    [python, inRoot('tools/e2e/python/client.py'), address, testCluster.dir],
    {
      env: { PYTHONPATH: generated },
    },
  );
  if (code !== 0) throw new Error(`the client ended with ${code}:\n${output}`);
  const lines = output.trim().split('\n');
  expect(lines[0]).toBe('nodes node-1 node-2');
  expect(lines[1]).toMatch(/^created from-python [0-9a-f-]{36}$/);
  expect(lines.find((line) => /^MODIFIED Running 10\.244\.\d+\.\d+$/.test(line))).toBeDefined();
  expect(lines.at(-1)).toMatch(/^DELETED /);
});
