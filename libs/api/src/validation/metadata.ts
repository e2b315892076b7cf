import type { Violation } from '../errors';
import type { ApiObject, Kind } from '../kinds';
import {
  checkAnnotations,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkLabels,
  checkQualifiedName,
} from './names';

/** The kinds whose names are part of a DNS name, and so a label. */
const namedByLabel = ['Namespace'];

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
  ];
}

function checkName({ kind }: Kind, name: string | undefined, generateName: string | undefined): Violation[] {
  const check = namedByLabel.includes(kind) ? checkDns1123Label : checkDns1123Subdomain;
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
