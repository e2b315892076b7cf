import {
  ApiError,
  type ApiObject,
  invalid,
  type Kind,
  objectName,
  type SourcedManifest,
  validateObject,
  type Violation,
} from '@own-kube/api';

/** An object to be applied, with its namespace. */
export interface Wanted {
  readonly kind: Kind;
  readonly object: ApiObject;
  /** "pods.yaml:12" */
  readonly at: string;
}

/** Which namespace objects go to. */
export interface Namespaces {
  /** Of the flag -n: none else will do. */
  readonly flag: string | undefined;
  /** Where neither flag nor manifest says one. */
  readonly usual: string;
}

/**
 * The objects of the manifests, each with its namespace, in their order.
 * @throws ApiError Invalid with all that is wrong with any of them, so that nothing is sent before all is well.
 */
export function checkManifests(manifests: readonly SourcedManifest[], namespaces: Namespaces): Wanted[] {
  const wanted = manifests.map((manifest) => withNamespace(manifest, namespaces));
  const problems = wanted.flatMap((one, index) => {
    const violations = [
      ...validateObject(one.kind, one.object),
      ...checkForApply(one, namespaces),
      ...checkTwice(one, wanted.slice(0, index)),
    ];
    const what = `${one.at}: ${one.kind.kind} "${one.object.metadata?.name ?? ''}"`;
    return violations.length > 0 ? [invalid(what, violations)] : [];
  });
  if (problems.length > 0) throw new ApiError('Invalid', problems.map(({ message }) => message).join('\n'));
  return wanted;
}

function withNamespace({ kind, object, at }: SourcedManifest, { flag, usual }: Namespaces): Wanted {
  const { metadata } = object;
  if (!kind.namespaced || !metadata || metadata.namespace) return { kind, object, at };
  return { kind, at, object: { ...object, metadata: { ...metadata, namespace: flag ?? usual } } };
}

function checkForApply({ kind, object: { metadata } }: Wanted, { flag }: Namespaces): Violation[] {
  const violations: Violation[] = [];
  if (metadata?.generateName && !metadata.name)
    violations.push({
      field: 'metadata.generateName',
      description: 'cannot be applied: it would be new every time',
    });
  if (kind.namespaced && flag !== undefined && metadata?.namespace !== flag)
    violations.push({
      field: 'metadata.namespace',
      description: `is "${metadata?.namespace}", but --namespace is "${flag}"`,
    });
  return violations;
}

function checkTwice({ kind, object }: Wanted, before: readonly Wanted[]): Violation[] {
  const { name, namespace } = object.metadata ?? {};
  const twin = before.find(
    (other) =>
      name &&
      other.kind === kind &&
      other.object.metadata?.name === name &&
      other.object.metadata.namespace === namespace,
  );
  return twin
    ? [{ field: 'metadata.name', description: `${objectName(kind, name)} is also at ${twin.at}` }]
    : [];
}
