/** The built okube, started as `npx okube` starts it, against an api-server in memory behind real gRPC and mTLS. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kinds, Namespace, type Pod } from '@own-kube/api';
import { createFakeApi, type FakeApi, serveFakeApi } from '@own-kube/client/testing';
import { aNode, aPod, eventually, freePort, tempDir, type TempDir } from '@own-kube/testing';
import { runOkube, type RunOptions, startOkube } from './testing/run-okube';

let dir: TempDir;
let address: string;
let api: FakeApi;
let stop: AbortController;
let closed: Promise<void>;

beforeAll(async () => {
  dir = await tempDir();
  address = `127.0.0.1:${await freePort()}`;
  const made = await runOkube(['certs', '--dir', dir.path, '--server', address, '--node', 'node-1']);
  expect(made).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => dir.remove());

beforeEach(async () => {
  api = createFakeApi();
  stop = new AbortController();
  const folder = join(dir.path, 'api-server');
  const [ca, cert, key] = await Promise.all(
    ['ca.crt', 'tls.crt', 'tls.key'].map((file) => readFile(join(folder, file))),
  );
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const tls = { ca: ca!, cert: cert!, key: key! };
  ({ closed } = await serveFakeApi(api, { listen: address, tls, log, signal: stop.signal }));
  await api.client.namespaces.create(Namespace.fromPartial({ metadata: { name: 'default' } }));
});
afterEach(async () => {
  stop.abort();
  await closed;
});

const okube = (args: string[], options: RunOptions = {}) =>
  runOkube(args, { config: join(dir.path, 'admin/config'), ...options });
const start = (args: string[]) => startOkube(args, { config: join(dir.path, 'admin/config') });
const podNames = async (): Promise<(string | undefined)[]> =>
  (await api.client.pods.list()).items.map(({ metadata }) => metadata?.name);

const manifest = (name: string, rest = '', image = 'nginx'): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec:
  containers:
  - name: web
    image: ${image}
${rest}`;

const jsonPod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'from-json' },
  spec: { containers: [{ name: 'a', image: 'b' }] },
};

describe('apply', () => {
  test('creates, changes, and leaves alone what is as it should be', async () => {
    expect(await okube(['apply', '-f', '-'], { stdin: manifest('web') })).toEqual({
      code: 0,
      stdout: 'pod/web created\n',
      stderr: '',
    });
    expect((await okube(['apply', '-f', '-'], { stdin: manifest('web') })).stdout).toBe(
      'pod/web unchanged\n',
    );
    const changed = await okube(['apply', '-f', '-'], { stdin: manifest('web', '', 'nginx:2') });
    expect(changed.stdout).toBe('pod/web configured\n');
    const { spec } = await api.client.pods.get({ namespace: 'default', name: 'web' });
    expect(spec?.containers[0]?.image).toBe('nginx:2');
  });

  test('takes files, directories and a namespace of its own', async () => {
    const folder = join(dir.path, 'manifests');
    await mkdir(folder);
    await writeFile(join(folder, '1.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: team }\n');
    await writeFile(join(folder, '2.json'), JSON.stringify(jsonPod));
    await writeFile(join(folder, 'notes.txt'), 'not a manifest');
    const { code, stdout } = await okube(['apply', '-n', 'team', '-f', folder]);
    expect([code, stdout]).toEqual([0, 'namespace/team created\npod/from-json created\n']);
    expect((await api.client.pods.get({ namespace: 'team', name: 'from-json' })).metadata?.uid).toBeDefined();
  });

  test.each([
    [
      'an unknown field',
      manifest('b', '    imag: x'),
      'standard input:11: Pod "b" is invalid: spec.containers[0].imag: unknown field; did you mean "image"?',
    ],
    [
      'a wrong type',
      manifest('b', '    ports: [{ containerPort: http }]'),
      'spec.containers[0].ports[0].containerPort: must be an integer',
    ],
    ['a bad name', manifest('Bad_Name'), 'metadata.name: "Bad_Name" must consist of lower-case letters'],
    ['a missing image', manifest('b', '', '""'), 'spec.containers[0].image: is required'],
    ['an unknown kind', 'kind: Widget', 'Unknown kind "Widget"; known kinds are Pod, Node, Namespace, '],
    ['broken YAML', 'a: [', 'standard input:'],
  ])('%s: one sentence, exit code 4, and nothing is created', async (_name, second, message) => {
    const { code, stdout, stderr } = await okube(['apply', '-f', '-'], {
      stdin: `${manifest('good')}---\n${second}`,
    });
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await podNames()).toEqual([]);
  });

  test('a namespace that is not there stops all', async () => {
    const stdin = `${manifest('good')}---${manifest('other').replace('name: other', 'name: other, namespace: nowhere')}`;
    const { code, stderr } = await okube(['apply', '-f', '-'], { stdin });
    expect(code).toBe(3);
    expect(stderr).toContain('there is no namespace "nowhere"');
    expect(await podNames()).toEqual([]);
  });

  test('a file that is not there', async () => {
    const { code, stderr } = await okube(['apply', '-f', 'nowhere.yaml']);
    expect([code, stderr]).toEqual([2, 'Error: Cannot read nowhere.yaml: there is no such file.\n']);
  });
});

describe('get', () => {
  test('lists, by namespace, selectors and names', async () => {
    await api.client.pods.create(aPod({ name: 'web', labels: { app: 'web' }, phase: 'Running' }));
    await api.client.pods.create(aPod({ name: 'db', namespace: 'other', nodeName: 'node-1' }));
    expect((await okube(['get', 'pods', '-o', 'name'])).stdout).toBe('pod/web\n');
    expect((await okube(['get', 'po', '-A', '-o', 'name'])).stdout).toBe('pod/web\npod/db\n');
    expect((await okube(['get', 'pods', '-A', '-l', 'app=web', '-o', 'name'])).stdout).toBe('pod/web\n');
    const onNode = ['get', 'pods', '-A', '--field-selector', 'spec.nodeName=node-1', '-o', 'name'];
    expect((await okube(onNode)).stdout).toBe('pod/db\n');
    expect((await okube(['get', 'pod/web'])).stdout).toMatch(/^NAME {2}.*\nweb {3}.* Running .*\n$/);
    const json = await okube(['get', 'pod', 'db', '-n', 'other', '-o', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      kind: 'Pod',
      metadata: { name: 'db', namespace: 'other' },
    });
  });

  test('nodes, wide', async () => {
    await api.client.nodes.create(
      aNode({ name: 'node-1', podCIDR: '10.244.1.0/24', internalIP: '172.18.0.11' }),
    );
    const { stdout } = await okube(['get', 'nodes', '-o', 'wide']);
    expect(stdout).toMatch(/INTERNAL-IP +POD-CIDR/);
    expect(stdout).toMatch(/node-1 +Ready .*172\.18\.0\.11 +10\.244\.1\.0\/24/);
  });

  test('nothing is said on standard error, and is no failure', async () => {
    expect(await okube(['get', 'pods'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No pods found in namespace default.\n',
    });
    expect(JSON.parse((await okube(['get', 'pods', '-o', 'json'])).stdout)).toMatchObject({ items: [] });
  });

  test('what is not there: the others are shown, exit code 3', async () => {
    await api.client.pods.create(aPod({ name: 'web' }));
    const { code, stdout, stderr } = await okube(['get', 'pods', 'web', 'gone', '-o', 'name']);
    expect([code, stdout]).toEqual([3, 'pod/web\n']);
    expect(stderr).toContain('gone');
  });

  test('an unknown kind', async () => {
    const { code, stderr } = await okube(['get', 'podz']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `Error: Unknown kind "podz"; did you mean "pods"?; known kinds are ${kinds.map(({ plural }) => plural).join(', ')}.\n`,
    );
  });

  test('an api-server that does not answer: its address, exit code 5', async () => {
    const config = join(dir.path, 'admin/elsewhere');
    const there = `127.0.0.1:${await freePort()}`;
    await writeFile(config, (await readFile(join(dir.path, 'admin/config'), 'utf8')).replace(address, there));
    const { code, stderr } = await okube(['get', 'pods', '--kubeconfig', config]);
    expect(code).toBe(5);
    expect(stderr).toMatch(
      new RegExp(`^Error: the api-server at ${there} does not answer: connection refused.*\n$`),
    );
  });

  test('no cluster at all: exit code 2', async () => {
    const { code, stderr } = await runOkube(['get', 'pods'], { cwd: dir.path });
    expect(code).toBe(2);
    expect(stderr).toContain('No cluster is known');
  });

  test('-w shows what there is and what changes, also over a broken connection, and ends on Ctrl-C', async () => {
    await api.client.pods.create(aPod({ name: 'first' }));
    const watching = start(['get', 'pods', '-w']);
    await watching.said('first');
    await api.client.pods.create(aPod({ name: 'second' }));
    await watching.said('second');
    api.breakWatches();
    await api.client.pods.create(aPod({ name: 'third' }));
    await watching.said('third');
    watching.interrupt();
    const { code, stdout } = await watching.ended;
    expect(code).toBe(130);
    expect(stdout.match(/first|second|third/g)).toEqual(['first', 'second', 'third']);
  });
});

describe('delete', () => {
  const onNode = (name: string): Promise<Pod> => api.client.pods.create(aPod({ name, nodeName: 'node-1' }));
  const terminating = (name: string) =>
    eventually(async () => {
      const { metadata } = await api.client.pods.get({ namespace: 'default', name });
      expect(metadata?.deletionTimestamp).toBeDefined();
    });

  test('waits until the agent has taken the pod away', async () => {
    await onNode('web');
    const deleting = start(['delete', 'pod', 'web']);
    await terminating('web');
    await api.client.pods.delete({ namespace: 'default', name: 'web', gracePeriodSeconds: 0 });
    expect(await deleting.ended).toEqual({ code: 0, stdout: 'pod "web" deleted\n', stderr: '' });
  });

  test('does not wait for another pod of the same name', async () => {
    await onNode('web');
    const deleting = start(['delete', 'pod/web']);
    await terminating('web');
    await api.client.pods.delete({ namespace: 'default', name: 'web', gracePeriodSeconds: 0 });
    await onNode('web');
    expect((await deleting.ended).code).toBe(0);
  });

  test('--wait=false and --timeout', async () => {
    await onNode('web');
    expect((await okube(['delete', 'pod', 'web', '--wait=false'])).stdout).toBe('pod "web" deleted\n');
    const { code, stderr } = await okube(['delete', 'pod', 'web', '--timeout', '1']);
    expect([code, stderr]).toEqual([8, 'Error: pod "web" is being deleted, but is not gone after 1 s.\n']);
  });

  test('--force, -f, --all and selectors', async () => {
    await onNode('web');
    await onNode('db');
    await api.client.pods.create(aPod({ name: 'cache', labels: { app: 'cache' } }));
    await api.client.pods.create(aPod({ name: 'other' }));
    expect((await okube(['delete', '-f', '-', '--force'], { stdin: manifest('web') })).code).toBe(0);
    expect(await podNames()).toEqual(['db', 'cache', 'other']);
    expect((await okube(['delete', 'pods', '-l', 'app=cache'])).stdout).toBe('pod "cache" deleted\n');
    expect((await okube(['delete', 'pods', '--all', '--force'])).code).toBe(0);
    expect(await podNames()).toEqual([]);
  });

  test('what is not there: exit code 3, or 0 with --ignore-not-found', async () => {
    const { code, stderr } = await okube(['delete', 'pod', 'gone']);
    expect(code).toBe(3);
    expect(stderr).toContain('gone');
    expect((await okube(['delete', 'pod', 'gone', '--ignore-not-found'])).code).toBe(0);
  });

  test.each([
    [['delete'], 'Say what to delete'],
    [['delete', 'pods'], 'Say what to delete'],
    [['delete', 'pod', 'a', '--all'], 'Say what to delete'],
    [['delete', 'pod', 'a', '--grace-period=0'], '--grace-period=0 needs --force'],
    [['delete', 'pod', 'a', '--grace-period=soon'], 'whole number of seconds'],
  ])('%p is wrong usage', async (args, message) => {
    const { code, stderr } = await okube(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('certs', () => {
  test('run again it keeps what is there, and follows the address', async () => {
    const args = ['certs', '--dir', dir.path, '--node', 'node-1', '--server'];
    const admin = () => readFile(join(dir.path, 'admin/admin.crt'), 'utf8');
    const before = await admin();
    const again = await runOkube([...args, '127.0.0.1:1']);
    expect(again.stdout).not.toContain('made:');
    expect(await readFile(join(dir.path, 'admin/config'), 'utf8')).toContain('server: 127.0.0.1:1\n');
    expect(await admin()).toBe(before);
    expect((await runOkube([...args, address])).code).toBe(0);
  });

  test.each([
    [['--server', 'nowhere'], '--server "nowhere" must be host:port'],
    [['--server', 'a:1', '--node', 'Node_1'], '--node "Node_1" must consist of'],
    [['--server', 'a:1', '--node', 'etcd'], '--node "etcd" is the name of another folder'],
  ])('%p is refused', async (args, message) => {
    const { code, stderr } = await runOkube(['certs', '--dir', dir.path, '--node', 'node-1', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

test('--help lists the exit codes, version says which', async () => {
  expect((await runOkube(['--help'])).stdout).toMatch(/Exit codes:\n +0 .*\n +1 /);
  expect((await runOkube(['version'])).stdout).toMatch(/^okube \d+\.\d+\.\d+\n$/);
  expect((await runOkube(['aply'])).stderr).toContain('(Did you mean apply?)');
});
