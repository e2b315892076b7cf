/**
 * Adds to package-lock.json the packages for other platforms that `npm install` has left out, because the registry in
 * use does not have them. Run it after every change of a dependency: node tools/complete-lockfile.ts
 */
import { readFile, writeFile } from 'node:fs/promises';
import { inRoot } from './kit/paths.ts';
import { say } from './kit/say.ts';
import { task } from './kit/task.ts';
import { completeLockfile, missingOptionals, type Lockfile } from './lockfile/missing-optionals.ts';

await task(async () => {
  const file = inRoot('package-lock.json');
  const lockfile = JSON.parse(await readFile(file, 'utf8')) as Lockfile;
  const missing = missingOptionals(lockfile);
  for (const { name, version } of missing) say(`added ${name}@${version}`);
  if (missing.length > 0) await writeFile(file, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`);
});
