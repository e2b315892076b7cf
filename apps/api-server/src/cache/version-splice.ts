/**
 * Objects are stored without their resourceVersion, which is known only once they are written. Here it is put into the
 * stored bytes (field 1, metadata; in it field 6) by moving bytes, so that serving an object takes no decoding.
 */
import { ApiError } from '@own-kube/api';

const metadataTag = 0x0a;
const versionTag = 0x32;

/** The stored bytes with `metadata.resourceVersion` in them. */
export function withVersion(stored: Uint8Array, revision: number): Buffer {
  const version = String(revision);
  const target = Buffer.allocUnsafe(versionedSize(stored, version));
  writeVersioned(target, 0, stored, version);
  return target;
}

/** How many bytes an object takes with its version. */
export function versionedSize(stored: Uint8Array, version: string): number {
  const { length, start } = readMetadata(stored);
  return 1 + varintSize(length + 2 + version.length) + 2 + version.length + stored.length - start;
}

/** Writes an object with its version at a place in a larger message, and returns where it ends. */
export function writeVersioned(target: Buffer, at: number, stored: Uint8Array, version: string): number {
  const { length, start } = readMetadata(stored);
  target[at] = metadataTag;
  let end = writeVarint(target, at + 1, length + 2 + version.length);
  target[end] = versionTag;
  // A revision has at most 16 digits, so that its length is one byte.
  target[end + 1] = version.length;
  end += 2;
  end += target.write(version, end, 'latin1');
  target.set(start === 0 ? stored : stored.subarray(start), end);
  return end + stored.length - start;
}

/** How many bytes a number takes as a varint. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) size += 1;
  return size;
}

/** Writes a varint and returns where it ends. */
export function writeVarint(target: Buffer, at: number, value: number): number {
  let end = at;
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) target[end++] = (rest % 0x80) | 0x80;
  target[end++] = rest;
  return end;
}

/** The metadata's length and where its content begins. Our messages are encoded in the order of their fields. */
function readMetadata(stored: Uint8Array): { length: number; start: number } {
  if (stored[0] !== metadataTag)
    throw new ApiError('Internal', 'A stored object does not begin with its metadata: was it written by us?');
  let length = 0;
  let start = 1;
  for (let factor = 1; ; factor *= 0x80) {
    const byte = stored[start++]!;
    length += (byte & 0x7f) * factor;
    if (byte < 0x80) return { length, start };
  }
}
