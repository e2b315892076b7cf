/**
 * Values at rest: AES-256-GCM with a random nonce. A sealed value names the key that it was sealed with, and opens only
 * under the name in the store that it was sealed for: nobody who can write the store can pass one object's value off as
 * another's.
 *
 *   "own-kube:aes256gcm:v1:" key id ":" nonce (12 bytes) tag (16 bytes) ciphertext
 */
import { ApiError } from '@own-kube/api';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { describeKey } from '../../registry/keys';

/** A key, and the name by which sealed values remember it. */
export interface SealingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly secret: Buffer;
}

/** Seals values, and opens those that any of its keys has sealed. */
export interface Sealer {
  seal(key: string, plain: Uint8Array): Uint8Array;
  /** The plain value; `stale` if it should be written again: with the newest key, or sealed at all. */
  open(key: string, value: Uint8Array): { readonly plain: Uint8Array; readonly stale: boolean };
}

const algorithm = 'aes-256-gcm';
const prefix = Buffer.from('own-kube:aes256gcm:v1:');
const [nonceLength, tagLength] = [12, 16];

/** A key whose id is made of the key itself, so that the two cannot be confused. */
export const toSealingKey = (secret: Buffer): SealingKey => ({
  id: createHash('sha256').update('own-kube key id\0').update(secret).digest('hex').slice(0, 16),
  secret,
});

/** Whether a value is sealed. Plain ones are protobuf messages, which never begin like this. */
export const isSealed = (value: Uint8Array): boolean =>
  value[0] === prefix[0] && prefix.equals(value.subarray(0, prefix.length));

/** A sealer that seals with the first of its keys. Without keys it opens only what was never sealed. */
export function createSealer(keys: readonly SealingKey[]): Sealer {
  const [newest] = keys;
  const byId = new Map(keys.map((key) => [key.id, key]));
  return {
    seal: (key, plain) => (newest ? seal(newest, key, plain) : plain),
    open: (key, value) => {
      if (!isSealed(value)) return { plain: value, stale: newest !== undefined };
      const { id, body } = parse(key, value);
      const used = byId.get(id);
      if (!used)
        throw broken(
          key,
          `it is encrypted with the key ${id}, which is none of --encryption-key: add the file of that key`,
        );
      return { plain: open(used, key, body), stale: used !== newest };
    },
  };
}

function seal({ id, secret }: SealingKey, key: string, plain: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, secret, nonce).setAAD(Buffer.from(key));
  const sealed = [cipher.update(plain), cipher.final()];
  return Buffer.concat([prefix, Buffer.from(`${id}:`), nonce, cipher.getAuthTag(), ...sealed]);
}

function open({ id, secret }: SealingKey, key: string, body: Buffer): Uint8Array {
  const nonce = body.subarray(0, nonceLength);
  const tag = body.subarray(nonceLength, nonceLength + tagLength);
  if (tag.length < tagLength) throw broken(key, 'what is stored is cut short: restore it from a backup');
  try {
    const decipher = createDecipheriv(algorithm, secret, nonce, { authTagLength: tagLength })
      .setAAD(Buffer.from(key))
      .setAuthTag(tag);
    const parts = [decipher.update(body.subarray(nonceLength + tagLength)), decipher.final()];
    return new Uint8Array(Buffer.concat(parts));
  } catch (cause) {
    throw broken(
      key,
      `what is stored was changed, or is another object's, as the key ${id} shows: restore it from a backup`,
      cause,
    );
  }
}

function parse(key: string, value: Uint8Array): { id: string; body: Buffer } {
  const rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength).subarray(prefix.length);
  const colon = rest.indexOf(':');
  if (colon < 0) throw broken(key, 'what is stored names no key: restore it from a backup');
  return { id: rest.toString('latin1', 0, colon), body: rest.subarray(colon + 1) };
}

const broken = (key: string, why: string, cause?: unknown): ApiError =>
  new ApiError('Internal', `${describeKey(key)} in etcd cannot be decrypted: ${why}.`, { cause });
