import type { Time } from '@own-kube/api';
import { emptySet, type FieldSet, isEmptySet, subtract, union } from './field-set';
import { changedFields } from './fields-of';
import { isManagerOf, type Manager, withFields, type Writer } from './managers';
import type { Shape } from './shape';

/** A write as who owns fields sees it. */
export interface TrackedWrite {
  readonly writer: Writer;
  readonly time: Time;
  readonly shape: Shape;
  readonly before: unknown;
  readonly after: unknown;
}

/** The managers after a write that was no apply: what it set is the writer's alone, what it removed is nobody's. */
export function trackWrite(managers: readonly Manager[], write: TrackedWrite): Manager[] {
  const { writer, time, shape, before, after } = write;
  const changed = changedFields(shape, before, after);
  const removed = changedFields(shape, after, before);
  if (isEmptySet(changed) && isEmptySet(removed)) return [...managers];
  const lost = union(changed, removed);
  const isWriter = isManagerOf(writer);
  const left = (fields: FieldSet) => subtract(fields, lost);
  const others = managers
    .filter((manager) => !isWriter(manager))
    .map((manager) => withFields(manager, left(manager.fields)));
  const own = managers.find(isWriter);
  const fields = union(left(own?.fields ?? emptySet), changed);
  return [...others, { writer, time: isEmptySet(changed) ? own?.time : time, fields }];
}
