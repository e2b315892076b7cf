/**
 * The way in of `npm start`, `stop`, `test` and `dev`, right after the clone: runs on any Node from 20 on, without a
 * single dependency. Installs the packages when they are missing or not those of package-lock.json, then runs
 * tools/<task>.ts on the Node that the packages bring.
 *
 *   node tools/bootstrap.mjs <task> [arguments]
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node = join(root, 'node_modules/.bin/node');
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** The packages that a lockfile lists, by their folder. */
const packagesOf = (lockfile) => JSON.parse(readFileSync(join(root, lockfile), 'utf8')).packages;

/** Why the packages have to be installed; undefined when those of package-lock.json are there. */
function whyInstall() {
  // npm writes its own record last, so an installation that was interrupted has none.
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return 'none are installed yet';
  if (!existsSync(node)) return 'the Node of the project is missing';
  const installed = packagesOf('node_modules/.package-lock.json');
  const differing = Object.entries(packagesOf('package-lock.json')).find(
    ([path, { version, link, optional, devOptional }]) =>
      path.includes('node_modules/') &&
      !link &&
      !optional &&
      !devOptional &&
      installed[path]?.version !== version,
  );
  return differing && `${differing[0]} is not the one of package-lock.json`;
}

/** Runs a command and resolves with its exit code; its output goes to the terminal unless it is collected. */
function run(command, args, collected) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) },
    stdio: collected ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => collected.push(chunk));
  // The terminal sends Ctrl-C to the whole group: the task ends itself, and we wait for it.
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', () => undefined).on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGTERM', forward);
      resolve(signal ? 1 : code);
    });
  });
}

async function install(why) {
  const started = Date.now();
  console.log(`==> Installing the npm packages (${why})`);
  const ticking = setInterval(() => console.log(`    npm ci, ${seconds(started)}`), 10_000);
  const output = [];
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await (npm ? run(process.execPath, [npm, ...args], output) : run('npm', args, output));
  clearInterval(ticking);
  if (code !== 0) {
    console.error(Buffer.concat(output).toString().trimEnd());
    throw new Error(`npm ci failed with exit code ${code}; the text above says why.`);
  }
  console.log(`    done in ${seconds(started)}`);
}

const [task, ...args] = process.argv.slice(2);
try {
  if (!task || !existsSync(join(root, `tools/${task}.ts`)))
    throw new Error(`There is no task "${task ?? ''}". The tasks are: up, down, test, dev, bench.`);
  if (Number(process.versions.node.split('.')[0]) < 20)
    throw new Error(`Node 20 or newer is needed to start; this is ${process.version}.`);
  const why = whyInstall();
  if (why) await install(why);
  process.exitCode = await run(node, [join(root, `tools/${task}.ts`), ...args]);
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
