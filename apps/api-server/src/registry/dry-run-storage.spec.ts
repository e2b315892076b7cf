import { createMemoryStorage } from '../storage/memory/memory-storage';
import { dryRunOf } from './dry-run-storage';

const value = new Uint8Array([1]);

test('a dry run checks everything, writes nothing, and leaves the object at its revision', async () => {
  const storage = createMemoryStorage();
  const first = await storage.commit({ conditions: [], writes: [{ put: 'a', value }] });
  const dry = dryRunOf(storage);
  const write = (revision: number, key = 'a') =>
    dry.commit({ conditions: [{ key, revision }, { emptyPrefix: 'x/' }], writes: [{ delete: key }] });
  expect(await write(first.revision)).toEqual({ committed: true, revision: first.revision });
  expect(await write(0, 'b')).toEqual({ committed: true, revision: 0 });
  expect(await write(first.revision + 1)).toMatchObject({ committed: false });
  await storage.commit({ conditions: [], writes: [{ put: 'x/1', value }] });
  expect(await write(first.revision)).toMatchObject({ committed: false });
  expect(await dry.get('a')).toMatchObject({ value, revision: first.revision });
});
