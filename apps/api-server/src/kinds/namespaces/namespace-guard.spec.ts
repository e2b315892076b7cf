import { ApiError, Namespace, namespaceKind } from '@own-kube/api';
import { objectKey } from '../../registry/keys';
import { createMemoryStorage } from '../../storage/memory/memory-storage';
import type { Entry } from '../../storage/storage';
import { createNamespaceGuard } from './namespace-guard';

const key = objectKey(namespaceKind, '', 'team');
const bytes = (deleting = false) =>
  Namespace.encode(
    Namespace.fromPartial({
      metadata: { name: 'team', deletionTimestamp: deleting ? { seconds: 1 } : undefined },
    }),
  ).finish();

function setUp(cached?: Entry) {
  const storage = createMemoryStorage();
  const put = (value: Uint8Array) => storage.commit({ conditions: [], writes: [{ put: key, value }] });
  return { put, guard: createNamespaceGuard({ storage, cached: () => cached }) };
}

test('what the cache knows is taken for a guess', async () => {
  const { guard } = setUp({ key, value: bytes(), revision: 5 });
  const { condition, refuse } = await guard('team');
  expect(condition).toEqual({ key, revision: 5 });
  expect(refuse({ entries: [{ key, value: bytes(), revision: 9 }], count: 1 })).toMatchObject({
    condition: { revision: 9 },
  });
  expect(refuse({ entries: [], count: 0 })).toMatchObject({ code: 'NotFound' });
  expect(refuse({ entries: [{ key, value: bytes(true), revision: 9 }], count: 1 })).toBeInstanceOf(ApiError);
});

test('that a namespace is missing, or ends, is asked of the store', async () => {
  const stale = setUp({ key, value: bytes(true), revision: 5 });
  await expect(stale.guard('team')).rejects.toMatchObject({ code: 'NotFound' });
  await stale.put(bytes());
  expect((await stale.guard('team')).condition).toEqual({ key, revision: 2 });
  await stale.put(bytes(true));
  await expect(stale.guard('team')).rejects.toMatchObject({ code: 'FailedPrecondition' });
});
