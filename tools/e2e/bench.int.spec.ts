import { readFile, rm } from 'node:fs/promises';
import type { Row } from '../bench/kit/row.ts';
import { inRoot } from '../kit/paths.ts';
import { run } from '../kit/run.ts';

const file = inRoot('dist/bench.json');

afterAll(() => rm(file, { force: true }));

// What the figures are is for a person to judge; that they are taken is what is tested.
test('npm run bench -- api says each figure beside its baseline', async () => {
  const said = await run([
    process.execPath,
    inRoot('tools/bench.ts'),
    'api',
    '--rounds',
    '1',
    '--json',
    file,
  ]);
  const rows = JSON.parse(await readFile(file, 'utf8')) as Row[];
  expect(rows.length).toBeGreaterThan(5);
  for (const { what, value, unit, bar, holds } of rows) {
    expect(said).toContain(what);
    expect(value).toBeGreaterThan(0);
    expect(unit).not.toBe('');
    expect(typeof holds).toBe(bar ? 'boolean' : 'undefined');
  }
});

test('a part that there is not is answered with those there are', async () => {
  await expect(run([process.execPath, inRoot('tools/bench.ts'), 'cpu'])).rejects.toThrow(
    /the parts are: .*api/,
  );
});
