import { createFakeApi, serveFakeApi } from '@own-kube/client/testing';
import { createLogger } from '@own-kube/process';
import { startApp } from './app-process';
import { identities, testPki } from './test-pki';

const log = createLogger({ component: 'test', level: 'silent' });

test('an app runs as a process, is killed and started again, and ends with the test', async () => {
  await using pki = await testPki();
  const stop = new AbortController();
  const tls = await pki.issue(identities.apiServer);
  const server = await serveFakeApi(createFakeApi(), {
    listen: '127.0.0.1:0',
    tls,
    log,
    signal: stop.signal,
  });
  const settings = { apiServer: server.address, ...(await pki.issueFiles(identities.scheduler)) };
  let pid: number;
  {
    await using app = await startApp({ app: 'scheduler', settings });
    const first = app.pid;
    await app.kill('SIGKILL');
    expect(app.running()).toBe(false);
    await app.restart();
    expect(app.pid).not.toBe(first);
    expect((await fetch(`${app.health}/metrics`)).ok).toBe(true);
    expect(app.output()).toContain('serving health');
    pid = app.pid;
  }
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  stop.abort();
  await server.closed;
});

test('an app that ends at its start says why', async () => {
  await expect(startApp({ app: 'scheduler', settings: { workers: 0 } })).rejects.toThrow(
    /--workers .* got "0"/,
  );
});

test('an app that was never built is named, with what to do', async () => {
  await expect(startApp({ app: 'nothing', settings: {} })).rejects.toThrow('npx nx build nothing');
});
