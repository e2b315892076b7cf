import type { Violation } from '../errors';
import { fieldPath } from '../field-path';
import { didYouMean } from '../nearest-name';
import type { FieldSchema } from '../schema';
import { findJsonField, type JsonField, jsonFields } from './json-fields';
import { describeValue, isObject } from './json-value';
import { scalarCodecs } from './scalars';
import { specialMessages } from './special-messages';

/** A message without its defaults, as fromPartial takes it. */
type Partial = Record<string, unknown>;

/**
 * Reads JSON as a message. Everything that is wrong is added to `violations`, each with its path; what comes back is to
 * be used only when there is none. null counts as not set, as in Kubernetes.
 */
export function decodeMessage(
  message: string,
  value: unknown,
  path: string,
  violations: Violation[],
): Partial {
  const result: Partial = {};
  if (!isObject(value)) {
    violations.push(mustBe(path, 'an object', value));
    return result;
  }
  for (const [name, json] of Object.entries(value)) {
    const at = fieldPath.child(path, name);
    const found = findJsonField(message, name);
    if (!found) {
      const known = jsonFields(message).map(({ field }) => field.name);
      violations.push({ field: at, description: `unknown field${didYouMean(name, known)}` });
    } else if (json !== null) {
      enclosing(result, found)[name] = decodeField(found.field, json, at, violations);
    }
  }
  return result;
}

/** The object that holds a field: the result itself, or the inlined message in it, made where it is missing. */
function enclosing(result: Partial, { within }: JsonField): Partial {
  return within.reduce((parent, { name }) => (parent[name] ??= {}) as Partial, result);
}

function decodeField(field: FieldSchema, json: unknown, path: string, violations: Violation[]): unknown {
  if (field.repeated) return decodeList(field, json, path, violations);
  if (field.map) return decodeMap(field, json, path, violations);
  return decodeValue(field.type, json, path, violations);
}

function decodeList({ type }: FieldSchema, json: unknown, path: string, violations: Violation[]): unknown {
  if (Array.isArray(json))
    return json.map((item, index) => decodeValue(type, item, fieldPath.item(path, index), violations));
  violations.push(mustBe(path, 'a list', json));
  return undefined;
}

function decodeMap({ type }: FieldSchema, json: unknown, path: string, violations: Violation[]): unknown {
  if (!isObject(json)) {
    violations.push(mustBe(path, 'an object of names and values', json));
    return undefined;
  }
  const entries = Object.entries(json).map(([key, value]) => {
    const at = fieldPath.key(path, key);
    // The generated code keeps maps in plain objects, where this name is not a property like others.
    if (key === '__proto__') violations.push({ field: at, description: 'this name cannot be used as a key' });
    return [key, decodeValue(type, value, at, violations)] as const;
  });
  return Object.fromEntries(entries);
}

function decodeValue(type: string, json: unknown, path: string, violations: Violation[]): unknown {
  const codec = scalarCodecs[type] ?? specialMessages[type];
  if (!codec) return decodeMessage(type, json, path, violations);
  const value = codec.decode(json);
  if (value === undefined) violations.push(mustBe(path, codec.allowed, json, type));
  return value;
}

function mustBe(field: string, allowed: string, got: unknown, type?: string): Violation {
  const hint = type === 'string' ? quoteHint(got) : '';
  return { field, description: `must be ${allowed}, got ${describeValue(got)}${hint}` };
}

/** YAML takes what is not in quotes for a number or, as `yes`, for true: what was written is no more known then. */
function quoteHint(got: unknown): string {
  if (typeof got === 'number') return ` (write it in quotes: "${got}")`;
  return typeof got === 'boolean' ? ' (write it in quotes)' : '';
}
