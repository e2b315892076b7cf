/** metadata.managedFields of what is written, by the kind of the write. */
import { type ApiObject, type Kind, type ManagedFieldsEntry, type Time } from '@own-kube/api';
import { fieldsOf } from './fields-of';
import { differingParts, ownableFields, ownableFieldsOf } from './managed-object';
import { formatManagers, type Manager, parseManagers, type Writer } from './managers';
import { planApply } from './plan-apply';
import { type Shape, shapeOfMessage } from './shape';
import { trackWrite } from './track-write';

/** Who writes which half of an object, and when. */
export interface Write {
  readonly manager: string;
  readonly half: 'spec' | 'status';
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A kind, and what its objects are made of. */
export interface ManagedKind {
  readonly kind: Kind;
  readonly shape: Shape;
}

export const managedKind = (kind: Kind): ManagedKind => ({ kind, shape: shapeOfMessage(kind.message) });

const secondsOf = ({ now }: Write): Time => ({ seconds: Math.floor(now / 1000), nanos: 0 });

const writerOf = (
  { apiVersion }: Kind,
  operation: Writer['operation'],
  { manager, half }: Write,
): Writer => ({
  manager,
  operation,
  apiVersion,
  subresource: half === 'status' ? 'status' : '',
});

/** Of a new object all that was sent, and the defaults, are its creator's. */
export function managedByCreator(
  { kind, shape }: ManagedKind,
  object: ApiObject,
  write: Write,
): ManagedFieldsEntry[] {
  const fields = fieldsOf(shape, ownableFieldsOf(kind, object, 'spec'));
  return formatManagers([{ writer: writerOf(kind, 'Update', write), time: secondsOf(write), fields }]);
}

/** Of an object that was updated or patched. What is stated by the sender counts as what was there before. */
export function managedAfterUpdate(
  { kind, shape }: ManagedKind,
  { next, current, stated }: { next: ApiObject; current: ApiObject; stated: readonly ManagedFieldsEntry[] },
  write: Write,
): ManagedFieldsEntry[] {
  // None stated: by a client that does not know of them. Only empty ones: by one that wants to be rid of them.
  const before = stated.length > 0 ? stated : (current.metadata?.managedFields ?? []);
  const differing = differingParts(current, next);
  const managers = trackWrite(parseManagers(before), {
    writer: writerOf(kind, 'Update', write),
    time: secondsOf(write),
    shape,
    before: ownableFieldsOf(kind, differing.before),
    after: ownableFieldsOf(kind, differing.after),
  });
  return formatManagers(managers);
}

/** What a manager applies, as JSON of the kind. */
export interface Applied {
  readonly what: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly force: boolean;
}

/** Of an object that is made by applying it. */
export function managedByApplier(
  { kind, shape }: ManagedKind,
  { json }: Applied,
  write: Write,
): ManagedFieldsEntry[] {
  const fields = fieldsOf(shape, ownableFields(json, write.half));
  return formatManagers([{ writer: writerOf(kind, 'Apply', write), time: secondsOf(write), fields }]);
}

/** An object with what is applied to it, as JSON, and who owns what of it then. */
export function applyTo(
  { kind, shape }: ManagedKind,
  current: { readonly value: ApiObject; readonly json: unknown },
  { applied, write }: { applied: Applied; write: Write },
): { json: unknown; managedFields: ManagedFieldsEntry[] } {
  const application = {
    what: applied.what,
    writer: writerOf(kind, 'Apply', write),
    time: secondsOf(write),
    shape,
    applied: applied.json,
    ownable: ownableFields(applied.json, write.half),
    force: applied.force,
  };
  const { object, managers } = planApply(
    { object: current.json, managers: managersOf({ kind, shape }, current.value) },
    application,
  );
  return { json: object, managedFields: formatManagers(managers) };
}

/** What was stored before anybody kept account belongs to nobody by name, and is not to be overwritten unasked. */
function managersOf({ kind, shape }: ManagedKind, { metadata, ...rest }: ApiObject): Manager[] {
  const managers = parseManagers(metadata?.managedFields ?? []);
  if (managers.length > 0) return managers;
  const fields = fieldsOf(shape, ownableFieldsOf(kind, { metadata, ...rest }, 'spec'));
  const writer: Writer = {
    manager: 'before-first-apply',
    operation: 'Update',
    apiVersion: kind.apiVersion,
    subresource: '',
  };
  return [{ writer, fields }];
}
