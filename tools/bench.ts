/**
 * `npm run bench -- <part> [--rounds N] [--json FILE]`: runs tools/bench/<part>/main.ts and prints its rows, each
 * beside its baseline of the same run. A missed bar is shown; it does not fail the command.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { etcd3Protos } from './etcd3-protos.ts';
import type { Benchmark } from './bench/kit/benchmark.ts';
import { formatRows } from './bench/kit/format.ts';
import { inRoot } from './kit/paths.ts';
import { say } from './kit/say.ts';
import { Stop, task } from './kit/task.ts';

const partsDir = inRoot('tools/bench');
const parts = readdirSync(partsDir).filter((name) => existsSync(`${partsDir}/${name}/main.ts`));

/** The parts import the libs, which are bundled rather than run as they stand. */
async function load(part: string): Promise<Benchmark> {
  const outdir = inRoot(`dist/bench/${part}`);
  await build({
    // main.ts, and whatever it starts as a process of its own.
    entryPoints: readdirSync(`${partsDir}/${part}`)
      .filter((name) => name === 'main.ts' || name.endsWith('.child.ts'))
      .map((name) => `${partsDir}/${part}/${name}`),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    external: ['*.node', 'cpu-features'],
    plugins: [etcd3Protos],
    logLevel: 'warning',
  });
  const module = (await import(pathToFileURL(`${outdir}/main.cjs`).href)) as { benchmark: Benchmark };
  return module.benchmark;
}

await task(async (args, signal) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'string' }, rounds: { type: 'string', default: '5' } },
  });
  const [part] = positionals;
  if (!part || !parts.includes(part))
    throw new Stop(
      `usage: npm run bench -- <part> [--rounds N] [--json FILE]; the parts are: ${parts.join(', ')}.`,
    );
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Stop(`--rounds must be a whole number, not "${values.rounds}".`);
  const benchmark = await load(part);
  const rows = await benchmark({ rounds, signal, note: (text) => say(`    ${text}`) });
  say(formatRows(rows));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
});
