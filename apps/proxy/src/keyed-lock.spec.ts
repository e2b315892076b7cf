import { createKeyedLock } from './keyed-lock';

test('tasks of one key follow each other, also after a failure; other keys do not wait', async () => {
  const lock = createKeyedLock();
  const seen: string[] = [];
  let release = () => {};
  const first = lock('a', async () => {
    await new Promise<void>((resolve) => (release = resolve));
    seen.push('first');
    throw new Error('first failed');
  });
  const second = lock('a', async () => void seen.push('second'));
  await lock('b', async () => void seen.push('other'));
  release();
  await expect(first).rejects.toThrow('first failed');
  await second;
  expect(seen).toEqual(['other', 'first', 'second']);
});
