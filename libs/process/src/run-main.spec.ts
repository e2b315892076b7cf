import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';

/** A process of its own whose main does what its first argument says. */
const program = `
import { z } from 'zod';
import { createLogger, parseSettings, runMain, systemClock } from '${join(__dirname, 'index.ts')}';
runMain('probe', async ({ argv, env, signal }) => {
  const [what, ...rest] = argv;
  const log = createLogger({ component: 'probe', level: 'info' });
  if (what === 'fail') throw new Error('the disk is full', { cause: new Error('ENOSPC') });
  if (what === 'uncaught') setTimeout(() => { throw new Error('out of the blue'); }, 1);
  if (what === 'settings') parseSettings({ app: 'probe', schema: z.object({ a: z.string() }), argv: rest, env });
  if (what === 'lines') for (let i = 0; i < 5000; i++) log.info('line', { i });
  if (what === 'wait' || what === 'uncaught' || what === 'stubborn') {
    log.info('ready');
    await systemClock.sleep(60_000, what === 'stubborn' ? undefined : signal);
  }
});`;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'own-kube-run-main-'));
  await build({
    stdin: { contents: program, resolveDir: __dirname, loader: 'ts' },
    outfile: join(dir, 'probe.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});
afterAll(() => rm(dir, { recursive: true }));

async function run(args: string[], signals: NodeJS.Signals[] = []) {
  const child = spawn(process.execPath, [join(dir, 'probe.js'), ...args]);
  if (signals.length > 0) {
    child.stdout.once('data', () => {
      for (const signal of signals) child.kill(signal);
    });
  }
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

describe('runMain', () => {
  test('a main that returns ends the process with 0, all lines written', async () => {
    const { code, stdout } = await run(['lines']);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(5000);
  });

  test('a main that fails is logged with stack and cause, exit code 1', async () => {
    const { code, stdout, stderr } = await run(['fail']);
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      level: 'error',
      component: 'probe',
      error: expect.stringMatching(/the disk is full\n\s+at .*Caused by: Error: ENOSPC/s),
    });
  });

  test('an error that nobody caught is logged, exit code 1', async () => {
    const { code, stdout } = await run(['uncaught']);
    expect(code).toBe(1);
    expect(stdout).toContain('out of the blue');
  });

  test('wrong settings are sentences on standard error, exit code 2', async () => {
    const { code, stdout, stderr } = await run(['settings', '--b=1']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'probe: Unknown flag --b.\n--a (OWN_KUBE_A) is required.\nRun probe --help for all settings.\n',
    );
  });

  test('--help goes to standard output, exit code 0', async () => {
    const { code, stdout } = await run(['settings', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: probe');
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('%s aborts the signal, exit code 0', async (signal) => {
    const { code, stdout } = await run(['wait'], [signal]);
    expect(code).toBe(0);
    expect(stdout).not.toContain('error');
  });

  test('a second signal ends what does not listen', async () => {
    expect((await run(['stubborn'], ['SIGINT', 'SIGTERM'])).code).toBeGreaterThan(128);
  });
});
