/** What the server alone decides about an object's metadata. */
import { ApiError, type ApiObject, type Kind, type ObjectMeta, toTime, type Violation } from '@own-kube/api';
import { metadataOf } from './spec-status';

/** Whence new objects get what is different each time. */
export interface Source {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly uid: string;
  /** The end of a made name. */
  readonly suffix: string;
}

const defaultNamespace = 'default';
/** A made name has at most 63 characters, so that it is also a label. */
const longestPrefix = 58;

/** The namespace that a request means: "default" where it names none, and none for kinds without namespaces. */
export const namespaceOf = (kind: Kind, namespace: string | undefined): string =>
  kind.namespaced ? namespace || defaultNamespace : '';

/** Fills in the namespace and, where only a prefix is given, the name. */
export function withIdentity<T extends ApiObject>(kind: Kind, object: T, suffix: string): T {
  const metadata = metadataOf(object);
  const namespace = kind.namespaced
    ? metadata.namespace || defaultNamespace
    : metadata.namespace || undefined;
  const made = metadata.generateName && `${metadata.generateName.slice(0, longestPrefix)}${suffix}`;
  return { ...object, metadata: { ...metadata, namespace, name: metadata.name || made || undefined } };
}

/** The metadata of a new object: what only the server may set is set by the server. */
export const newMetadata = (metadata: ObjectMeta, { now, uid }: Source): ObjectMeta => ({
  ...metadata,
  uid,
  creationTimestamp: toTime(now),
  resourceVersion: undefined,
  deletionTimestamp: undefined,
  deletionGracePeriodSeconds: undefined,
  managedFields: [],
});

/** The metadata after an update: what only the server may set stays. */
export const updatedMetadata = (next: ObjectMeta, current: ObjectMeta): ObjectMeta => ({
  ...next,
  name: current.name,
  namespace: current.namespace,
  generateName: current.generateName,
  uid: current.uid,
  resourceVersion: current.resourceVersion,
  generation: current.generation,
  creationTimestamp: current.creationTimestamp,
  deletionTimestamp: current.deletionTimestamp,
  deletionGracePeriodSeconds: current.deletionGracePeriodSeconds,
  managedFields: current.managedFields,
});

/** An update of what is being deleted may take finalizers away, and not add any. */
export function checkFinalizers(next: ObjectMeta, current: ObjectMeta): Violation[] {
  const added = next.finalizers.filter((finalizer) => !current.finalizers.includes(finalizer));
  return current.deletionTimestamp && added.length > 0
    ? [
        {
          field: 'metadata.finalizers',
          description: `Forbidden: no new finalizers can be added if the object is being deleted, found new: ${added.join(', ')}`,
        },
      ]
    : [];
}

/** What a caller says that the object is: empty or undefined says nothing. */
export interface Expected {
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/** Fails as a Conflict where an object is not what the caller has seen. */
export function checkExpected(what: string, expected: Expected, { uid, resourceVersion }: ObjectMeta): void {
  if (expected.uid && expected.uid !== uid)
    throw new ApiError(
      'Conflict',
      `${what} is not the one that you mean: its uid is ${uid}, not ${expected.uid}. It was deleted and made anew.`,
    );
  if (expected.resourceVersion && expected.resourceVersion !== resourceVersion)
    throw new ApiError(
      'Conflict',
      `${what} has been modified since you read it (resourceVersion ${expected.resourceVersion}, now ` +
        `${resourceVersion}). Read it again, apply your change to the newest version, and try again.`,
    );
}
