import {
  type ApiObject,
  decodeManifest,
  describeValue,
  encodeManifest,
  invalid,
  type Kind,
  type ManagedFieldsEntry,
} from '@own-kube/api';
import {
  type Applied,
  applyTo,
  managedByApplier,
  type ManagedKind,
  type Write,
} from '../managed-fields/managed-by';
import type { ObjectRef } from '../registry/object-ref';
import { metadataOf } from '../registry/spec-status';
import { decodePatched } from './compile-patch';
import { parseApplied } from './parse-patch';

/** An object that was applied, and who owns its fields. */
export interface AppliedObject<T> {
  readonly sent: T;
  readonly managedFields: ManagedFieldsEntry[];
}

/** What a manager applies: to an object that is there, or as a new one. */
export interface Application<T> {
  readonly to: (current: T, managed: ManagedKind, write: Write) => AppliedObject<T>;
  readonly asNew: (managed: ManagedKind, write: Write) => AppliedObject<T>;
}

/** Reads what is applied, strictly. */
export function compileApply<T extends ApiObject>(
  kindOf: Kind<T>,
  ref: ObjectRef,
  { patch, force }: { patch: Uint8Array | undefined; force: boolean },
): Application<T> {
  const kind = kindOf as unknown as Kind;
  const sent = decodeApplied(kind, ref, parseApplied(patch));
  const applied: Applied = { what: ref.text, json: encodeManifest(kind, sent), force };
  return {
    to: (current, managed, write) => {
      const was = { value: current, json: encodeManifest(kind, current) };
      const { json, managedFields } = applyTo(managed, was, { applied, write });
      return { sent: decodePatched(kindOf, json, was), managedFields };
    },
    asNew: (managed, write) => ({
      sent: sent as T,
      managedFields: managedByApplier(managed, applied, write),
    }),
  };
}

function decodeApplied(kind: Kind, { namespace, name }: ObjectRef, json: Record<string, unknown>): ApiObject {
  if (json['kind'] !== kind.kind)
    throw invalid('What is applied', [
      { field: 'kind', description: `must be ${kind.kind}, got ${describeValue(json['kind'])}` },
    ]);
  const { object } = decodeManifest(json);
  const metadata = metadataOf(object);
  const violations = [
    ...(metadata.name && metadata.name !== name
      ? [
          {
            field: 'metadata.name',
            description: `must be "${name}" as in the request, got "${metadata.name}"`,
          },
        ]
      : []),
    ...(metadata.namespace && metadata.namespace !== namespace
      ? [
          {
            field: 'metadata.namespace',
            description: `must be "${namespace}" as in the request, got "${metadata.namespace}"`,
          },
        ]
      : []),
    ...(metadata.managedFields.length > 0
      ? [{ field: 'metadata.managedFields', description: 'must not be applied: the server keeps them' }]
      : []),
  ];
  if (violations.length > 0) throw invalid('What is applied', violations);
  return { ...object, metadata: { ...metadata, name, namespace: namespace || undefined } };
}
