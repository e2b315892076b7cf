import {
  Range as KeyRange,
  type ICompare,
  type IRequestOp,
  type ITxnRequest,
  type ITxnResponse,
} from 'etcd3';
import type { IKeyValue } from 'etcd3';
import type { Commit, Condition, Entry, Found, Transaction, Write } from '../storage';

/** How many of the keys that are in the way are named. */
const namedKeys = 10;

/** A transaction in etcd's form: where a condition does not hold, it answers with what is there instead. */
export function buildTxn(
  { conditions, writes }: Transaction,
  leases: ReadonlyMap<number, string>,
): ITxnRequest {
  return {
    compare: conditions.map(compare),
    success: writes.map((write) => operation(write, leases)),
    failure: conditions.map(look),
  };
}

/** etcd's answer to a transaction. */
export function parseTxn({ conditions }: Transaction, response: ITxnResponse): Commit {
  const revision = Number(response.header.revision);
  if (response.succeeded) return { committed: true, revision };
  const found = new Map<string, Found>();
  conditions.forEach((condition, index) => {
    const range = response.responses[index]!.response_range;
    found.set('key' in condition ? condition.key : condition.emptyPrefix, {
      entries: range.kvs.map(toEntry),
      count: Number(range.count),
    });
  });
  return { committed: false, revision, found };
}

/** etcd's key and value as an entry. The value is copied: etcd's is a piece of a larger buffer that it would keep. */
export const toEntry = ({ key, value, mod_revision }: IKeyValue): Entry => ({
  key: key.toString(),
  value: new Uint8Array(value),
  revision: Number(mod_revision),
});

/** The end of the range of all keys with a prefix. */
export const rangeEnd = (prefix: string): Buffer => Buffer.from(KeyRange.prefix(prefix).end);

const compare = (condition: Condition): ICompare =>
  'key' in condition
    ? {
        result: 'Equal',
        target: 'Mod',
        key: Buffer.from(condition.key),
        mod_revision: condition.revision,
      }
    : {
        // Holds for every key of the range, so only for an empty one.
        result: 'Equal',
        target: 'Create',
        key: Buffer.from(condition.emptyPrefix),
        range_end: rangeEnd(condition.emptyPrefix),
        create_revision: 0,
      };

/** The times to live that a transaction needs leases for. */
export const timesToLive = ({ writes }: Transaction): number[] => [
  ...new Set(writes.flatMap((write) => ('put' in write && write.ttlSeconds ? [write.ttlSeconds] : []))),
];

const operation = (write: Write, leases: ReadonlyMap<number, string>): IRequestOp =>
  'put' in write
    ? {
        request_put: {
          key: Buffer.from(write.put),
          value: asBuffer(write.value),
          ...(write.ttlSeconds ? { lease: leases.get(write.ttlSeconds) } : {}),
        },
      }
    : { request_delete_range: { key: Buffer.from(write.delete) } };

const look = (condition: Condition): IRequestOp =>
  'key' in condition
    ? { request_range: { key: Buffer.from(condition.key) } }
    : {
        request_range: {
          key: Buffer.from(condition.emptyPrefix),
          range_end: rangeEnd(condition.emptyPrefix),
          keys_only: true,
          limit: namedKeys,
        },
      };

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
