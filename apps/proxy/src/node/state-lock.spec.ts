import { lockStateDir } from './state-lock';

test('a folder has one owner at a time', async () => {
  const dir = `/tmp/state-${process.pid}`;
  const lock = await lockStateDir(dir);
  await expect(lockStateDir(dir)).rejects.toThrow(`Another proxy works with ${dir}`);
  lock.release();
  (await lockStateDir(dir)).release();
});
