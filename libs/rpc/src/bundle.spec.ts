import { NamespacesDefinition } from '@own-kube/api';
import {
  HealthCheckResponse_ServingStatus as ServingStatus,
  HealthDefinition,
  ServerReflectionDefinition,
  ServerReflectionRequest,
} from '@own-kube/api/grpc';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type Channel, createChannel } from './channel';
import { createClient } from './client';
import { aNamespace } from './testing/namespaces';
import { take } from './testing/promises';

const root = join(__dirname, '../../..');
const build = `
  import { build } from 'esbuild';
  import { appBuildOptions } from ${JSON.stringify(join(root, 'tools/build-app.ts'))};
  const [entry, outfile] = process.argv.slice(1);
  await build({ ...appBuildOptions('app'), entryPoints: [entry], outfile });
`;

describe('a server in one bundled file, in a folder with nothing else', () => {
  let dir: string;
  let server: ChildProcess;
  let channel: Channel;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'bundle-'));
    const args = ['--input-type=module', '-e', build, join(__dirname, 'testing/bundled-server.ts')];
    await promisify(execFile)(process.execPath, [...args, join(dir, 'main.js')], { cwd: root });
    await rm(join(dir, 'main.js.map'));
    server = spawn(process.execPath, ['main.js'], {
      cwd: dir,
      env: {},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(server.stdout!), 'line')) as [string];
    const { address, tls } = JSON.parse(line) as {
      address: string;
      tls: Record<'ca' | 'cert' | 'key', string>;
    };
    const [ca, cert, key] = [tls.ca, tls.cert, tls.key].map((pem) => Buffer.from(pem)) as [
      Buffer,
      Buffer,
      Buffer,
    ];
    channel = createChannel({ address, tls: { ca, cert, key } });
  }, 60_000);

  afterAll(async () => {
    channel.close();
    const exited = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    await rm(dir, { recursive: true });
  });

  test('has nothing but that file', async () => {
    expect(await readdir(dir)).toEqual(['main.js']);
  });

  test('answers', async () => {
    const namespaces = createClient(NamespacesDefinition, channel);
    expect((await namespaces.create(aNamespace('a'))).metadata?.name).toBe('a');
  });

  test('tells its health', async () => {
    const answer = await createClient(HealthDefinition, channel).check({ service: '' });
    expect(answer.status).toBe(ServingStatus.SERVING);
  });

  test.each(['v1', 'v1alpha'])('reflects itself by %s', async (version) => {
    const fullName = `grpc.reflection.${version}.ServerReflection`;
    const reflection = createClient({ ...ServerReflectionDefinition, fullName }, channel);
    const questions = async function* () {
      yield ServerReflectionRequest.fromPartial({ file_containing_symbol: 'ownkube.core.v1.Pods' });
    };
    const [answer] = await take(reflection.serverReflectionInfo(questions()), 1);
    expect(answer?.file_descriptor_response?.file_descriptor_proto.length).toBeGreaterThan(5);
  });
});
