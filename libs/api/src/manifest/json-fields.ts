import { messageFields } from '../generated/schema';
import type { FieldSchema } from '../schema';
import { specialMessages } from './special-messages';

/** A field as JSON shows it: the fields of an inlined message stand in the message around it. */
export interface JsonField {
  readonly field: FieldSchema;
  /** The inlined messages on the way to it, from the outside in. */
  readonly within: readonly FieldSchema[];
}

/** All fields that a message has in JSON, in the order of the contract. */
export const jsonFields = (message: string): JsonField[] =>
  (messageFields[message] ?? []).flatMap((field) =>
    field.inline
      ? jsonFields(field.type).map((inner) => ({ ...inner, within: [field, ...inner.within] }))
      : [{ field, within: [] }],
  );

/** One field by its name in JSON. */
export function findJsonField(message: string, name: string): JsonField | undefined {
  for (const field of messageFields[message] ?? []) {
    if (!field.inline && field.name === name) return { field, within: [] };
    const inner = field.inline ? findJsonField(field.type, name) : undefined;
    if (inner) return { ...inner, within: [field, ...inner.within] };
  }
  return undefined;
}

/** Whether JSON writes a message of this type as an object of its fields. */
export const hasJsonFields = (type: string): boolean =>
  messageFields[type] !== undefined && specialMessages[type] === undefined;
