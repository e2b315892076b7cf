import {
  didYouMean,
  fieldPath,
  type FieldSchema,
  findJsonField,
  hasJsonFields,
  isObject,
  messageFields,
  type Violation,
} from '@own-kube/api';

/** Where in the patch we are, and where what is wrong is collected. */
export interface Place {
  readonly path: string;
  readonly violations: Violation[];
}

/** apiVersion and kind stand in every object, and in no message. */
const typeFields: Readonly<Record<string, FieldSchema>> = {
  apiVersion: { name: 'apiVersion', number: 0, type: 'string' },
  kind: { name: 'kind', number: 0, type: 'string' },
};

/** The field that a patch names; one that nobody knows is a violation, also where it is to be removed. */
export function fieldOf(message: string, name: string, { path, violations }: Place): FieldSchema | undefined {
  const field = findJsonField(message, name)?.field ?? (path === name ? typeFields[name] : undefined);
  if (field) return field;
  const known = (messageFields[message] ?? []).map((candidate) => candidate.name);
  violations.push({ field: path, description: `unknown field${didYouMean(name, known)}` });
  return undefined;
}

/** Finds the fields of a merge patch that nobody knows. */
export function checkNames(message: string, patch: Readonly<Record<string, unknown>>, place: Place): void {
  for (const [name, value] of Object.entries(patch)) {
    const at = { ...place, path: fieldPath.child(place.path, name) };
    const field = fieldOf(message, name, at);
    if (field && !field.repeated && !field.map && hasJsonFields(field.type) && isObject(value))
      checkNames(field.type, value, at);
  }
}
