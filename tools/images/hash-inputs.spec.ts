import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashInputs } from './hash-inputs.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hash-inputs-'));
  await mkdir(join(root, 'app/src'), { recursive: true });
  await writeFile(join(root, 'app/src/main.ts'), 'one');
  await writeFile(join(root, 'lock.json'), '{}');
});

afterEach(() => rm(root, { recursive: true }));

const hash = (salt = '') => hashInputs(root, ['lock.json', 'app', 'missing'], salt);

test('the same content gives the same hash', async () => {
  expect(await hash()).toBe(await hash());
});

test.each([
  ['a changed file', () => writeFile(join(root, 'app/src/main.ts'), 'two')],
  ['a new file', () => writeFile(join(root, 'app/src/new.ts'), '')],
  ['a file that went', () => rm(join(root, 'lock.json'))],
])('%s changes it', async (_name, change) => {
  const before = await hash();
  await change();
  expect(await hash()).not.toBe(before);
});

test('another base image changes it', async () => {
  expect(await hash('base-1')).not.toBe(await hash('base-2'));
});

test('tests and what is generated do not count', async () => {
  const before = await hash();
  await writeFile(join(root, 'app/src/main.spec.ts'), 'test');
  await mkdir(join(root, 'app/node_modules'));
  await writeFile(join(root, 'app/node_modules/x.js'), '');
  expect(await hash()).toBe(before);
});
