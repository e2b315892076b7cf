import { ApiError, invalid, type Violation } from '../errors';
import { findKind, kindNames } from '../find-kind';
import { type ApiObject, type Kind, kinds } from '../kinds';
import { didYouMean } from '../nearest-name';
import { decodeMessage } from './decode-message';
import { encodeMessage } from './encode-message';
import { describeValue, isObject } from './json-value';

/** An object with its kind, as a manifest states them. */
export interface Manifest {
  readonly kind: Kind;
  readonly object: ApiObject;
}

/**
 * Reads a manifest (JSON or parsed YAML) strictly: an unknown field, a wrong type or an unknown kind is an error.
 * Quantities come out in their canonical form.
 * @throws ApiError Invalid with every violation at once.
 */
export function decodeManifest(value: unknown): Manifest {
  if (!isObject(value))
    throw new ApiError(
      'Invalid',
      `A manifest must be an object with apiVersion, kind and metadata, got ${describeValue(value)}.`,
    );
  const { apiVersion, kind: kindName, ...fields } = value;
  const kind = kindOf(kindName);
  const violations: Violation[] = [];
  if (apiVersion !== kind.apiVersion)
    violations.push({
      field: 'apiVersion',
      description: `must be "${kind.apiVersion}" for a ${kind.kind}, got ${describeValue(apiVersion)}`,
    });
  const partial = decodeMessage(kind.message, fields, '', violations);
  if (violations.length > 0) throw invalid(`${kind.kind}${nameIn(fields)}`, violations);
  return { kind, object: kind.type.fromPartial(partial) };
}

/** An object as Kubernetes' JSON: apiVersion, kind, metadata and the rest, in the order in which people write them. */
export const encodeManifest = (kind: Kind, object: ApiObject): Record<string, unknown> => ({
  apiVersion: kind.apiVersion,
  kind: kind.kind,
  ...encodeMessage(kind.message, object),
});

function kindOf(name: unknown): Kind {
  const kind = kinds.find((candidate) => candidate.kind === name);
  if (kind) return kind;
  if (name === undefined)
    throw new ApiError('Invalid', `The manifest has no kind; known kinds are ${kindNames()}.`);
  const meant = typeof name === 'string' ? (findKind(name)?.kind ?? name) : '';
  const known = kinds.map((candidate) => candidate.kind);
  throw new ApiError(
    'Invalid',
    `Unknown kind ${describeValue(name)}${didYouMean(meant, known)}; known kinds are ${kindNames()}.`,
  );
}

const nameIn = (fields: Record<string, unknown>): string => {
  const name = isObject(fields['metadata']) ? fields['metadata']['name'] : undefined;
  return typeof name === 'string' ? ` "${name}"` : '';
};
