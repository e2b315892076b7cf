import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { fieldPath } from '../field-path';
import { messageFields } from '../generated/schema';
import type { FieldSchema } from '../schema';

/** A field on the wire that the reader of the message would drop. */
export interface UnknownField {
  /** The message it stands in, as "spec.containers[0]"; or the field itself, where only its wire type is wrong. */
  readonly path: string;
  readonly number: number;
}

/** So many are told; who sends more has sent another message altogether. */
const most = 20;

/**
 * Looks through the bytes of a message for what its generated reader would drop in silence: field numbers that the
 * contract does not have, known ones with a wrong wire type, map keys that a plain object cannot hold. Never throws:
 * bytes that are no message end the search, and are for the reader to refuse.
 */
export function unknownFields(message: string, bytes: Uint8Array): UnknownField[] {
  const found: UnknownField[] = [];
  try {
    scan(message, new BinaryReader(bytes), bytes.length, '', found);
  } catch {
    return found;
  }
  return found;
}

function scan(message: string, reader: BinaryReader, end: number, path: string, found: UnknownField[]): void {
  const counts = new Map<number, number>();
  while (reader.pos < end && found.length < most) {
    const [number, wireType] = reader.tag();
    const field = messageFields[message]?.find((candidate) => candidate.number === number);
    if (!field) {
      found.push({ path, number });
      reader.skip(wireType, number);
      continue;
    }
    const index = counts.get(number) ?? 0;
    counts.set(number, index + 1);
    const child = field.inline ? path : fieldPath.child(path, field.name);
    const at = field.repeated && messageFields[field.type] ? fieldPath.item(child, index) : child;
    if (!wireTypes(field).includes(wireType)) {
      found.push({ path: at, number });
      reader.skip(wireType, number);
    } else if (field.map) scanEntry(field, reader, at, found);
    else if (messageFields[field.type]) scan(field.type, reader, reader.uint32() + reader.pos, at, found);
    else reader.skip(wireType, number);
  }
}

/** A map's entry is a message of key (1) and value (2). */
function scanEntry({ type }: FieldSchema, reader: BinaryReader, path: string, found: UnknownField[]): void {
  const end = reader.uint32() + reader.pos;
  let key = '';
  while (reader.pos < end && found.length < most) {
    const [number, wireType] = reader.tag();
    const at = fieldPath.key(path, key);
    if (number === 1 && wireType === WireType.LengthDelimited) {
      key = reader.string();
      if (key === '__proto__') found.push({ path: fieldPath.key(path, key), number });
    } else if (number === 2 && wireTypes({ name: '', number, type }).includes(wireType)) {
      if (messageFields[type]) scan(type, reader, reader.uint32() + reader.pos, at, found);
      else reader.skip(wireType, number);
    } else {
      found.push({ path: at, number });
      reader.skip(wireType, number);
    }
  }
}

const varints = ['bool', 'int32', 'int64', 'uint32', 'uint64'];

/** The wire types in which a field may come; repeated numbers also packed. */
function wireTypes({ type, map, repeated }: FieldSchema): WireType[] {
  if (map) return [WireType.LengthDelimited];
  const plain = varints.includes(type)
    ? WireType.Varint
    : type === 'double'
      ? WireType.Bit64
      : WireType.LengthDelimited;
  return repeated ? [plain, WireType.LengthDelimited] : [plain];
}
