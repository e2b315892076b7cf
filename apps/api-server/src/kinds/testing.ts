/** For the table tests of kinds: what a strategy makes of objects, and what it finds wrong with them. */
import { type ApiObject, type DeepPartial, validateObject, type Violation } from '@own-kube/api';
import { newMetadata, updatedMetadata, withIdentity } from '../registry/metadata';
import { metadataOf } from '../registry/spec-status';
import type { Strategy } from '../registry/strategy';

/** An object of a kind as its creation makes it. */
export function made<T extends ApiObject>(strategy: Strategy<T>, partial: DeepPartial<T>): T {
  const object = sent(strategy, partial);
  const metadata = newMetadata(metadataOf(object), { now: 0, uid: 'u', suffix: '' });
  return strategy.prepareForCreate({ ...object, metadata });
}

/** The fields that are wrong with an object to be created, in order. */
export const wrongFields = <T extends ApiObject>(strategy: Strategy<T>, partial: DeepPartial<T>): string[] =>
  fieldsOf(problemsOf(strategy, sent(strategy, partial)));

/** What an update makes of an object. */
export const updated = <T extends ApiObject>(strategy: Strategy<T>, next: T, current: T): T => {
  const metadata = updatedMetadata(metadataOf(next), metadataOf(current));
  return strategy.prepareForUpdate(strategy.withDefaults({ ...next, metadata }), current);
};

/** The fields that an update may not write so, in order. */
export function wrongUpdates<T extends ApiObject>(strategy: Strategy<T>, next: T, current: T): string[] {
  const merged = updated(strategy, next, current);
  return fieldsOf([...problemsOf(strategy, merged), ...strategy.validateUpdate(merged, current)]);
}

function sent<T extends ApiObject>(strategy: Strategy<T>, partial: DeepPartial<T>): T {
  const object = strategy.kind.type.fromPartial(partial);
  const metadata = metadataOf(object);
  const named = { ...object, metadata: { ...metadata, name: metadata.name ?? 'x' } };
  return strategy.withDefaults(withIdentity(strategy.kind, named, ''));
}

const problemsOf = <T extends ApiObject>(strategy: Strategy<T>, object: T): Violation[] => [
  ...validateObject(strategy.kind, object),
  ...strategy.validate(object),
];

const fieldsOf = (violations: readonly Violation[]): string[] => violations.map(({ field }) => field).sort();
