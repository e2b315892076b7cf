/** okube with the real api-server over a real etcd: that the two agree on what an object is and what is wrong with it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatYaml } from '@own-kube/api';
import { type ApiServerFixture, identities, startApiServer, tempDir, type TempDir } from '@own-kube/testing';
import { runOkube, startOkube } from './testing/run-okube';

let server: ApiServerFixture;
let dir: TempDir;
let config: string;

beforeAll(async () => {
  [server, dir] = await Promise.all([startApiServer(), tempDir()]);
  config = join(dir.path, 'config');
  await writeFile(config, await kubeconfig());
});
afterAll(async () => {
  await server.stop();
  await dir.remove();
});

async function kubeconfig(): Promise<string> {
  const { apiServer, tlsCa, tlsCert, tlsKey } = await server.settingsFor(identities.admin);
  return formatYaml([
    {
      'current-context': 'test',
      clusters: [{ name: 'test', cluster: { server: apiServer, 'certificate-authority': tlsCa } }],
      users: [{ name: 'me', user: { 'client-certificate': tlsCert, 'client-key': tlsKey } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'me' } }],
    },
  ]);
}

const okube = (args: string[], stdin = '') => runOkube(args, { config, stdin });

const pod = (name: string, image: string, rest = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: web } }
spec:
  nodeName: node-1
  containers:
  - name: web
    image: ${image}
    ports: [{ containerPort: 80 }]
    resources: { limits: { cpu: 1500m, memory: 1024Mi } }
    ${rest}
`;

test('applies what it has applied before without a change, whatever the api-server has filled in', async () => {
  expect(await okube(['apply', '-f', '-'], pod('same', 'nginx'))).toEqual({
    code: 0,
    stdout: 'pod/same created\n',
    stderr: '',
  });
  expect((await okube(['apply', '-f', '-'], pod('same', 'nginx'))).stdout).toBe('pod/same unchanged\n');
  const { stdout } = await okube(['get', 'pod', 'same', '-o', 'yaml']);
  const again = await okube(['apply', '-f', '-'], stdout);
  expect([again.code, again.stdout]).toEqual([0, 'pod/same configured\n']);
  expect(again.stderr).toContain('only the cluster sets it: metadata.uid, metadata.resourceVersion');
});

test('changes what may be changed of a pod; of what may not, the path is named', async () => {
  await okube(['apply', '-f', '-'], pod('changed', 'nginx:1'));
  expect((await okube(['apply', '-f', '-'], pod('changed', 'nginx:2'))).stdout).toBe(
    'pod/changed configured\n',
  );
  const { code, stderr } = await okube(['apply', '-f', '-'], pod('changed', 'nginx:2', 'args: [a]'));
  expect(code).toBe(4);
  expect(stderr).toContain('spec.containers[0]');
});

test('warnings of the api-server come on standard error', async () => {
  const { code, stderr } = await okube(
    ['apply', '-f', '-'],
    pod('warned', 'nginx', 'workingDir: /x\n  hostPID: true'),
  );
  expect(code).toBe(0);
  expect(stderr).toMatch(/^Warning: .*spec\.hostPID/);
});

test('the namespaces that every cluster has', async () => {
  const { stdout } = await okube(['get', 'ns']);
  expect(stdout).toMatch(
    /^NAME +STATUS +AGE\ndefault +Active +\d+s\nkube-node-lease +Active +\d+s\nkube-system +Active +\d+s\n$/,
  );
});

test('-w survives a restart of the api-server', async () => {
  await okube(['apply', '-f', '-'], pod('before', 'nginx'));
  const watching = startOkube(['get', 'pods', '-w', '-o', 'name'], { config });
  await watching.said('pod/before');
  await server.kill('SIGKILL');
  await server.restart();
  await okube(['apply', '-f', '-'], pod('after', 'nginx'));
  await watching.said('pod/after');
  watching.interrupt();
  expect((await watching.ended).code).toBe(130);
});

test('deletes and waits', async () => {
  await okube(['apply', '-f', '-'], pod('gone', 'nginx'));
  expect(await okube(['delete', 'pod', 'gone', '--force'])).toEqual({
    code: 0,
    stdout: 'pod "gone" deleted\n',
    stderr: '',
  });
  expect((await okube(['get', 'pod', 'gone'])).code).toBe(3);
});
