/** The answers that are made of stored bytes: an event, a bookmark, a list. All kinds' messages have the same form. */
import { ListMeta, ObjectMeta } from '@own-kube/api';
import { varintSize, versionedSize, writeVarint, writeVersioned } from './version-splice';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';

/** The annotation of the bookmark that ends the initial objects of a watch. */
export const initialEventsEnd = 'k8s.io/initial-events-end';

const field1 = 0x0a;
const field2 = 0x12;

/** {type, object}, as every kind's event message has it. */
export function encodeEvent(type: EventType, stored: Uint8Array, revision: number): Buffer {
  const version = String(revision);
  const size = versionedSize(stored, version);
  const target = Buffer.allocUnsafe(2 + type.length + 1 + varintSize(size) + size);
  writeVersioned(target, writeEventHead(target, type, size), stored, version);
  return target;
}

/** A bookmark: an object of nothing but a version, and annotations where they say something. */
export function encodeBookmark(revision: number, annotations: Record<string, string> = {}): Buffer {
  const metadata = ObjectMeta.encode(
    ObjectMeta.fromPartial({ resourceVersion: String(revision), annotations }),
  ).finish();
  const size = 1 + varintSize(metadata.length) + metadata.length;
  const target = Buffer.allocUnsafe(2 + 'BOOKMARK'.length + 1 + varintSize(size) + size);
  const at = writeEventHead(target, 'BOOKMARK', size);
  target[at] = field1;
  target.set(metadata, writeVarint(target, at + 1, metadata.length));
  return target;
}

/** {metadata, items}, as every kind's list message has it. */
export function encodeList(
  meta: Partial<ListMeta>,
  items: readonly { readonly value: Uint8Array; readonly revision: number }[],
): Buffer {
  const metadata = ListMeta.encode(ListMeta.fromPartial(meta)).finish();
  const sized = items.map(({ value, revision }) => {
    const version = String(revision);
    return { value, version, size: versionedSize(value, version) };
  });
  const itemsSize = sized.reduce((sum, { size }) => sum + 1 + varintSize(size) + size, 0);
  const target = Buffer.allocUnsafe(1 + varintSize(metadata.length) + metadata.length + itemsSize);
  target[0] = field1;
  let at = writeVarint(target, 1, metadata.length);
  target.set(metadata, at);
  at += metadata.length;
  for (const { value, version, size } of sized) {
    target[at] = field2;
    at = writeVersioned(target, writeVarint(target, at + 1, size), value, version);
  }
  return target;
}

function writeEventHead(target: Buffer, type: EventType, objectSize: number): number {
  target[0] = field1;
  target[1] = type.length;
  target.write(type, 2, 'latin1');
  const at = 2 + type.length;
  target[at] = field2;
  return writeVarint(target, at + 1, objectSize);
}
