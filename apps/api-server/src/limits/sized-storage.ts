import { ApiError } from '@own-kube/api';
import { describeKey } from '../registry/keys';
import type { Storage } from '../storage/storage';

/** A storage that refuses what is too large, before etcd does in words of its own. */
export const createSizedStorage = (storage: Storage, maxBytes: number): Storage => ({
  ...storage,
  commit: async (transaction) => {
    for (const write of transaction.writes)
      if ('put' in write && write.value.length > maxBytes)
        throw new ApiError(
          'ResourceExhausted',
          `${describeKey(write.put)} is too large: ${write.value.length} bytes, and at most ${maxBytes / 1_000_000} MB are allowed. ` +
            'Split it, or keep large data elsewhere.',
        );
    return storage.commit(transaction);
  },
});
