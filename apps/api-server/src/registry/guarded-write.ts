import { ApiError } from '@own-kube/api';
import type { Condition, Entry, Found, WritableStorage, Write } from '../storage/storage';
import type { Guard } from './guard';

/** A write of one object with all that goes with it. */
export interface GuardedWrite {
  readonly key: string;
  /** The revision of the object that the write is based on; 0: there is none. */
  readonly basedOn: number;
  readonly writes: readonly Write[];
  readonly guards: readonly Guard[];
}

/** How it went: written, or the object is not what the write was based on. */
export type WriteResult = { readonly revision: number } | { readonly stale: Entry | undefined };

/** Commits a write in one transaction. Fails with a guard's own error where that guard refuses it. */
export async function commitGuarded(storage: WritableStorage, write: GuardedWrite): Promise<WriteResult> {
  const { key, basedOn, writes } = write;
  let guards = write.guards;
  for (;;) {
    const conditions: Condition[] = [{ key, revision: basedOn }, ...guards.map(({ condition }) => condition)];
    const commit = await storage.commit({ conditions, writes });
    if (commit.committed) return { revision: commit.revision };
    const [there] = commit.found.get(key)!.entries;
    if ((there?.revision ?? 0) !== basedOn) return { stale: there };
    guards = guards.map((guard) => renew(guard, commit.found));
  }
}

/** The guard if it holds, its renewal if that may hold, or its error. */
function renew(guard: Guard, found: ReadonlyMap<string, Found>): Guard {
  const { condition } = guard;
  const there = found.get('key' in condition ? condition.key : condition.emptyPrefix)!;
  const holds =
    'key' in condition ? (there.entries[0]?.revision ?? 0) === condition.revision : there.count === 0;
  if (holds) return guard;
  const answer = guard.refuse(there);
  if (answer instanceof ApiError) throw answer;
  return answer;
}
