/** What a pod refers to by name, in its own namespace: what its node may read for its sake. */
import type { Container, Pod, Volume } from '@own-kube/api';

/** "Secret tls" */
export const referenceTo = (kind: string, name: string): string => `${kind} ${name}`;

/** All Secrets, ConfigMaps and the ServiceAccount that a pod refers to. */
export function podReferences({ spec }: Pod): ReadonlySet<string> {
  if (!spec) return new Set();
  const containers = [...spec.initContainers, ...spec.containers];
  return new Set([
    referenceTo('ServiceAccount', spec.serviceAccountName || 'default'),
    ...named('Secret', spec.imagePullSecrets),
    ...containers.flatMap(containerReferences),
    ...spec.volumes.flatMap(volumeReferences),
  ]);
}

const containerReferences = ({ env, envFrom }: Container): string[] => [
  ...named('Secret', [
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.localObjectReference),
    ...envFrom.map(({ secretRef }) => secretRef?.localObjectReference),
  ]),
  ...named('ConfigMap', [
    ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.localObjectReference),
    ...envFrom.map(({ configMapRef }) => configMapRef?.localObjectReference),
  ]),
];

function volumeReferences({ volumeSource }: Volume): string[] {
  const sources = volumeSource?.projected?.sources ?? [];
  return [
    ...named('Secret', [
      { name: volumeSource?.secret?.secretName },
      ...sources.map(({ secret }) => secret?.localObjectReference),
    ]),
    ...named('ConfigMap', [
      volumeSource?.configMap?.localObjectReference,
      ...sources.map(({ configMap }) => configMap?.localObjectReference),
    ]),
  ];
}

const named = (kind: string, references: readonly ({ name?: string | undefined } | undefined)[]): string[] =>
  references.flatMap((reference) => (reference?.name ? [referenceTo(kind, reference.name)] : []));
