/** `npm test`: everything that can be tested, with whatever it takes. The last line is `N passed, N failed`. */
import { ensureImages } from './images/ensure-images.ts';
import { ensureOkube } from './images/ensure-okube.ts';
import { say } from './kit/say.ts';
import { task } from './kit/task.ts';
import { ensureBaseImage } from './setup/base-image.ts';
import { ensureEngine } from './setup/engine.ts';
import { ensurePrerequisites } from './setup/prerequisites.ts';
import { formatSum, formatTable, type Count } from './suites/count.ts';
import { checks, integrationSuites, unitSuite } from './suites/list-suites.ts';
import { runCheck, runJest } from './suites/run-suites.ts';

/** What has to be there before a test can run; that it cannot be had is one failed test, with the reason. */
async function prepare(): Promise<Count> {
  const started = Date.now();
  const done = (passed: number): Count => ({
    name: 'set-up',
    passed,
    failed: 1 - passed,
    ms: Date.now() - started,
  });
  try {
    await ensurePrerequisites('docker', 'compose', 'etcd', 'network', 'python');
    await ensureEngine();
    await ensureBaseImage();
    await ensureImages();
    await ensureOkube();
    return done(1);
  } catch (error) {
    say(`\nThe set-up failed: ${error instanceof Error ? error.message : String(error)}\n`);
    return done(0);
  }
}

await task(async (_args, signal) => {
  const counts = [await prepare()];
  for (const check of checks) counts.push(await runCheck(check, signal));
  for (const suite of [unitSuite(), ...integrationSuites()]) counts.push(await runJest(suite, signal));
  say(`\n${formatTable(counts)}\n\n${formatSum(counts)}`);
  process.exitCode = counts.some(({ failed }) => failed > 0) ? 1 : 0;
});
