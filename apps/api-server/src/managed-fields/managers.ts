/** Who set which fields of an object: metadata.managedFields, read and written. */
import { type ManagedFieldsEntry, type Time } from '@own-kube/api';
import { type FieldSet, isEmptySet, isSameSet } from './field-set';
import { formatFields, parseFields } from './fields-v1';

/** Says who writes. */
export interface Writer {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** Empty: metadata and spec. */
  readonly subresource: '' | 'status';
}

/** A writer, and the fields that are its own. */
export interface Manager {
  readonly writer: Pick<ManagedFieldsEntry, 'manager' | 'operation' | 'apiVersion' | 'subresource'>;
  readonly time?: Time | undefined;
  readonly fields: FieldSet;
  /** How it is stored. */
  readonly entry?: ManagedFieldsEntry | undefined;
}

/** The managers that entries state; entries that are none say nothing. */
export const parseManagers = (entries: readonly ManagedFieldsEntry[]): Manager[] =>
  entries.flatMap((entry) => {
    const fields = entry.manager ? parseFields(entry.fieldsV1?.raw) : undefined;
    return fields ? [{ writer: entry, time: entry.time, fields, entry }] : [];
  });

/** The entries of those managers that have fields. */
export const formatManagers = (managers: readonly Manager[]): ManagedFieldsEntry[] =>
  managers
    .filter(({ fields }) => !isEmptySet(fields))
    .map(
      ({ entry, writer, time, fields }) =>
        entry ?? {
          manager: writer.manager,
          operation: writer.operation,
          apiVersion: writer.apiVersion,
          subresource: writer.subresource || undefined,
          time,
          fieldsType: 'FieldsV1',
          fieldsV1: { raw: formatFields(fields) },
        },
    );

export const isManagerOf =
  (writer: Writer) =>
  ({ writer: other }: Manager): boolean =>
    other.manager === writer.manager &&
    other.operation === writer.operation &&
    (other.subresource ?? '') === writer.subresource;

/** The manager with other fields; the same where they are the same. */
export const withFields = (manager: Manager, fields: FieldSet): Manager =>
  isSameSet(manager.fields, fields) ? manager : { writer: manager.writer, time: manager.time, fields };
