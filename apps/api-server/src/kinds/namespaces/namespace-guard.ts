/** Objects are made only in a namespace that exists and is not being deleted: a condition of the same transaction. */
import { ApiError, namespaceKind } from '@own-kube/api';
import type { Guard } from '../../registry/guard';
import { objectKey } from '../../registry/keys';
import type { Entry, Storage } from '../../storage/storage';

export interface NamespaceGuardDeps {
  readonly storage: Storage;
  /** A namespace as the cache has it: a guess that the transaction checks. */
  readonly cached: (key: string) => Entry | undefined;
}

/** The guard for objects to be made in a namespace. Fails at once where the namespace is surely not there. */
export const createNamespaceGuard =
  ({ storage, cached }: NamespaceGuardDeps) =>
  async (namespace: string): Promise<Guard> => {
    const key = objectKey(namespaceKind, '', namespace);
    const guess = planGuard(namespace, key, cached(key));
    const answer = guess instanceof ApiError ? planGuard(namespace, key, await storage.get(key)) : guess;
    if (answer instanceof ApiError) throw answer;
    return answer;
  };

function planGuard(namespace: string, key: string, entry: Entry | undefined): Guard | ApiError {
  if (!entry)
    return new ApiError(
      'NotFound',
      `Namespace "${namespace}" not found: create it first, or choose another.`,
    );
  const { metadata } = namespaceKind.type.decode(entry.value);
  if (metadata?.deletionTimestamp)
    return new ApiError(
      'FailedPrecondition',
      `Namespace "${namespace}" is being deleted: nothing new can be created in it.`,
    );
  return {
    condition: { key, revision: entry.revision },
    refuse: ({ entries }) => planGuard(namespace, key, entries[0]),
  };
}
