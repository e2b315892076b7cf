import { messageFields } from '../generated/schema';
import type { FieldSchema } from '../schema';
import { scalarCodecs } from './scalars';
import { specialMessages } from './special-messages';

/**
 * A message as Kubernetes' JSON, in the order of the contract. What is not set, and empty lists and maps, are left out.
 */
export function encodeMessage(message: string, value: object): Record<string, unknown> {
  const entries = (messageFields[message] ?? []).flatMap((field): [string, unknown][] => {
    const content = (value as Record<string, unknown>)[field.name];
    if (content === undefined || content === null) return [];
    if (field.inline) return Object.entries(encodeMessage(field.type, content));
    const json = encodeField(field, content);
    return json === undefined ? [] : [[field.name, json]];
  });
  return Object.fromEntries(entries);
}

function encodeField({ type, repeated, map }: FieldSchema, content: unknown): unknown {
  if (repeated) {
    const items = content as unknown[];
    return items.length > 0 ? items.map((item) => encodeValue(type, item)) : undefined;
  }
  if (map) {
    const entries = Object.entries(content as Record<string, unknown>);
    return entries.length > 0
      ? Object.fromEntries(entries.map(([key, item]) => [key, encodeValue(type, item)]))
      : undefined;
  }
  return encodeValue(type, content);
}

function encodeValue(type: string, value: unknown): unknown {
  const codec = scalarCodecs[type] ?? specialMessages[type];
  return codec ? codec.encode(value) : encodeMessage(type, value as object);
}
