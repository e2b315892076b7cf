import { ApiError, type Time } from '@own-kube/api';
import {
  emptySet,
  type FieldSet,
  intersect,
  isEmptySet,
  isSameSet,
  pathsOf,
  subtract,
  union,
} from './field-set';
import { changedFields, fieldsOf } from './fields-of';
import { isManagerOf, type Manager, withFields, type Writer } from './managers';
import { removeFields } from './remove-fields';
import type { Shape } from './shape';
import { structuredMerge } from './structured-merge';

/** What a manager wants set. */
export interface Application {
  readonly what: string;
  readonly writer: Writer;
  readonly time: Time;
  readonly shape: Shape;
  readonly applied: unknown;
  /** The part of what is applied that is the manager's to own. */
  readonly ownable: unknown;
  readonly force: boolean;
}

/** An object and who owns what of it. */
export interface Managed {
  readonly object: unknown;
  readonly managers: readonly Manager[];
}

/**
 * The object with what is applied: fields that the manager applied before, no longer names and nobody else owns go.
 * @throws ApiError Conflict that names each other manager whose fields would change, and those fields.
 */
export function planApply(current: Managed, application: Application): Managed {
  const { writer, time, shape, applied, ownable, force } = application;
  const isOwn = isManagerOf(writer);
  const own = current.managers.find(isOwn);
  const wanted = fieldsOf(shape, ownable);
  const changed = changedFields(shape, current.object, ownable);
  const rivals = current.managers.filter((manager) => !isOwn(manager));
  if (!force) refuseConflicts(rivals, changed, application);
  const others = rivals.map((manager) => withFields(manager, subtract(manager.fields, changed)));
  const kept = others.reduce((all, { fields }) => union(all, fields), wanted);
  const object = removeFields(shape, structuredMerge(shape, current.object, applied), {
    gone: subtract(own?.fields ?? emptySet, kept),
    kept,
  });
  const nothingNew = own && isSameSet(own.fields, wanted) && isEmptySet(changed);
  return { object: object ?? {}, managers: [...others, nothingNew ? own : { writer, time, fields: wanted }] };
}

function refuseConflicts(rivals: readonly Manager[], changed: FieldSet, { what, writer }: Application): void {
  const conflicts = rivals
    .map(({ writer: rival, fields }) => ({ rival, paths: pathsOf(intersect(fields, changed)) }))
    .filter(({ paths }) => paths.length > 0);
  if (conflicts.length === 0) return;
  const list = conflicts.map(
    ({ rival, paths }) => `"${rival.manager}" (${rival.operation}) manages ${paths.join(', ')}`,
  );
  throw new ApiError(
    'Conflict',
    `"${writer.manager}" cannot apply ${what}: ${list.join('; ')}. Leave these fields out, give them the values that ` +
      'they have, or apply with force to take them over.',
  );
}
