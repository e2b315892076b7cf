import { type ApiObject, isConflict } from '@own-kube/api';
import { type ObjectRef } from './key-of';
import type { CallOptions, KindClient } from './kind-client';

export interface UpdateOptions extends CallOptions {
  /** What to write: metadata and spec (the default), or the status. */
  part?: 'object' | 'status';
}

/** That many writers in a row must have been faster before we give up. */
const attempts = 10;

/**
 * Reads an object, changes it by a pure function and writes it; when somebody else wrote meanwhile, all over again.
 * The function returns undefined when there is nothing to do. Returns the object as it is then.
 */
export async function updateWithRetry<T extends ApiObject>(
  client: KindClient<T>,
  ref: ObjectRef,
  change: (current: T) => T | undefined,
  options: UpdateOptions = {},
): Promise<T> {
  const { part = 'object', ...call } = options;
  for (let attempt = 1; ; attempt++) {
    const current = await client.get({ namespace: ref.namespace, name: ref.name }, call);
    const next = change(current);
    if (!next) return current;
    try {
      return await (part === 'status' ? client.updateStatus(next, call) : client.update(next, call));
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) throw error;
    }
  }
}
