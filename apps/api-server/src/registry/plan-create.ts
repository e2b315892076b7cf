import { type ApiObject, invalid, validateObject } from '@own-kube/api';
import { newMetadata, type Source, withIdentity } from './metadata';
import { checkOwners } from './owner-references';
import { metadataOf } from './spec-status';
import type { Strategy } from './strategy';

/** The object that a creation makes: named, with defaults, valid, and with what only the server may set. */
export function planCreate<T extends ApiObject>(strategy: Strategy<T>, sent: T, source: Source): T {
  const { kind } = strategy;
  const named = strategy.withDefaults(withIdentity(kind, sent, source.suffix));
  const { name = '', resourceVersion } = metadataOf(named);
  const violations = [
    ...validateObject(kind, named),
    ...strategy.validate(named),
    ...checkOwners(metadataOf(named)),
    ...(resourceVersion
      ? [{ field: 'metadata.resourceVersion', description: 'must not be set on an object to be created' }]
      : []),
  ];
  if (violations.length > 0) throw invalid(`${kind.kind} "${name}"`, violations);
  return strategy.prepareForCreate({ ...named, metadata: newMetadata(metadataOf(named), source) });
}
