import { createMemoryStorage } from '../storage/memory/memory-storage';
import { createSizedStorage } from './sized-storage';

test('what is too large is refused by name, and not stored', async () => {
  const inner = createMemoryStorage();
  const storage = createSizedStorage(inner, 1_000);
  const put = '/own-kube/registry/configmaps/default/big';
  const write = (size: number) =>
    storage.commit({ conditions: [], writes: [{ put, value: new Uint8Array(size) }] });
  await expect(write(1_001)).rejects.toMatchObject({
    code: 'ResourceExhausted',
    message: expect.stringMatching(
      /^configmaps default\/big is too large: 1001 bytes, and at most 0.001 MB are allowed/,
    ),
  });
  expect(await inner.get(put)).toBeUndefined();
  expect((await write(1_000)).committed).toBe(true);
});
