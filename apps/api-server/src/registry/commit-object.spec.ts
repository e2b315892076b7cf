import { ConfigMap, Event } from '@own-kube/api';
import { createClaimPicker } from '../claims/claim-picker';
import { configMapStrategy } from '../kinds/configmaps/strategy';
import { eventStrategy } from '../kinds/events/strategy';
import { createMemoryStorage } from '../storage/memory/memory-storage';
import type { Storage, Write } from '../storage/storage';
import { commitObject } from './commit-object';

function setUp() {
  const writes: Write[] = [];
  const memory = createMemoryStorage();
  const storage: Storage = {
    ...memory,
    commit: (transaction) => {
      writes.push(...transaction.writes);
      return memory.commit(transaction);
    },
  };
  const claims = createClaimPicker({ storage, ranges: {}, random: () => 0 });
  return { writes, storage, claims };
}

const write = { what: 'It', key: '/a', basedOn: 0, guards: [] };

test('Events go by themselves after an hour', async () => {
  const { writes, ...deps } = setUp();
  await commitObject({ ...deps, strategy: eventStrategy }, { ...write, next: Event.fromPartial({}) });
  expect(writes).toMatchObject([{ put: '/a', ttlSeconds: 3600 }]);
});

test('other objects stay', async () => {
  const { writes, ...deps } = setUp();
  const next = ConfigMap.fromPartial({ data: { a: 'b' } });
  const written = await commitObject({ ...deps, strategy: configMapStrategy }, { ...write, next });
  expect(written).toMatchObject({ object: next, revision: 2 });
  expect(writes).toEqual([{ put: '/a', value: expect.any(Uint8Array) as Uint8Array }]);
});

test('a write that is based on what is no longer there changes nothing', async () => {
  const { writes: _writes, ...deps } = setUp();
  const commit = () =>
    commitObject({ ...deps, strategy: configMapStrategy }, { ...write, next: ConfigMap.fromPartial({}) });
  await commit();
  expect(await commit()).toMatchObject({ stale: { key: '/a', revision: 2 } });
});
