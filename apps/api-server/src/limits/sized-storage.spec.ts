import { createMemoryStorage } from '../storage/memory/memory-storage';
import { createSizedStorage } from './sized-storage';

test('what is too large is refused by name, and not stored', async () => {
  const inner = createMemoryStorage();
  const storage = createSizedStorage(inner, 10);
  const put = '/own-kube/registry/configmaps/default/big';
  const write = (size: number) =>
    storage.commit({ conditions: [], writes: [{ put, value: new Uint8Array(size) }] });
  await expect(write(11)).rejects.toMatchObject({
    code: 'Invalid',
    message: expect.stringMatching(/^configmaps default\/big is too large: 11 bytes, at most 10 are allowed/),
  });
  expect(await inner.get(put)).toBeUndefined();
  expect((await write(10)).committed).toBe(true);
});
