import type { Violation } from '../errors';
import type { OwnerReference } from '../generated/index.ownkube.meta.v1';
import type { ApiObject, Kind } from '../kinds';
import {
  checkAnnotations,
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkLabels,
  checkPathSegmentName,
  checkQualifiedName,
} from './names';
import { required } from './rules';

/** The kinds whose names have a syntax of their own: they are labels of DNS names, or names from elsewhere. */
const nameChecks: Readonly<Record<string, typeof checkDns1123Label>> = {
  Namespace: checkDns1123Label,
  Service: checkDns1035Label,
  Role: checkPathSegmentName,
  ClusterRole: checkPathSegmentName,
  RoleBinding: checkPathSegmentName,
  ClusterRoleBinding: checkPathSegmentName,
};

/** What is wrong with an object's metadata, whatever its kind. */
export function checkMetadata(kind: Kind, { metadata }: ApiObject): Violation[] {
  if (!metadata) return [{ field: 'metadata', description: 'is required, with a name' }];
  const { name, generateName, namespace } = metadata;
  return [
    ...checkName(kind, name, generateName),
    ...checkNamespace(kind, namespace),
    ...checkLabels(metadata.labels, 'metadata.labels'),
    ...checkAnnotations(metadata.annotations, 'metadata.annotations'),
    ...metadata.finalizers.flatMap((finalizer, index) =>
      checkQualifiedName(finalizer, `metadata.finalizers[${index}]`),
    ),
    ...checkOwners(metadata.ownerReferences, 'metadata.ownerReferences'),
  ];
}

function checkName({ kind }: Kind, name: string | undefined, generateName: string | undefined): Violation[] {
  const check = nameChecks[kind] ?? checkDns1123Subdomain;
  if (name) return check(name, 'metadata.name');
  // The made name is the prefix and five more letters or digits, so a dash may end the prefix.
  if (generateName) return check(`${generateName}abcde`, 'metadata.generateName');
  return [{ field: 'metadata.name', description: 'is required' }];
}

function checkNamespace({ kind, namespaced }: Kind, namespace: string | undefined): Violation[] {
  if (!namespace) return [];
  if (namespaced) return checkDns1123Label(namespace, 'metadata.namespace');
  return [{ field: 'metadata.namespace', description: `must not be set: a ${kind} is in no namespace` }];
}

/** An owner is named in full, and one of them at most controls the object. */
const checkOwners = (owners: readonly OwnerReference[], field: string): Violation[] => [
  ...owners.flatMap((owner, index) =>
    (['apiVersion', 'kind', 'name', 'uid'] as const).flatMap((name) =>
      owner[name] ? [] : [required(`${field}[${index}].${name}`)],
    ),
  ),
  ...(owners.filter(({ controller }) => controller).length > 1
    ? [{ field, description: 'must have one owner at most with controller: true' }]
    : []),
];
