import { eventKind, kinds, type Namespace, namespaceKind } from '@own-kube/api';
import { scopePrefix } from '../../registry/keys';
import { defineStrategy, metadataOf, withGeneration } from '../../registry/spec-status';

/** The namespaces that are made when the api-server starts, and never go. */
export const lastingNamespaces = ['default', 'kube-system', 'kube-node-lease'] as const;

/** The label by which a namespace can be selected by its name. */
const nameLabel = 'kubernetes.io/metadata.name';

const withPhase = (namespace: Namespace, phase: string): Namespace => ({
  ...namespace,
  status: { conditions: [], ...namespace.status, phase },
});

/** All that is special about namespaces. */
export const namespaceStrategy = defineStrategy<Namespace>(namespaceKind, {
  withDefaults: (namespace) => {
    const metadata = metadataOf(namespace);
    if (!metadata.name) return namespace;
    return {
      ...namespace,
      metadata: { ...metadata, labels: { ...metadata.labels, [nameLabel]: metadata.name } },
    };
  },
  prepareForCreate: (namespace) =>
    withGeneration(withPhase({ ...namespace, status: undefined }, 'Active'), 1),
  prepareForDelete: (namespace) => withPhase(namespace, 'Terminating'),
  validateStatusUpdate: ({ metadata, status }) => {
    const wanted = metadata?.deletionTimestamp ? 'Terminating' : 'Active';
    if (status?.phase === wanted) return [];
    return [{ field: 'status.phase', description: `must be ${wanted}, got "${status?.phase ?? ''}"` }];
  },
  selectableFields: ({ status }) => ({ 'status.phase': status?.phase ?? '' }),
  undeletable: ({ metadata }) =>
    lastingNamespaces.some((name) => name === metadata?.name)
      ? 'the cluster needs this namespace'
      : undefined,
  // Events go by themselves, and stay to tell what became of a namespace.
  mustBeEmpty: ({ metadata }) =>
    kinds
      .filter(({ namespaced, kind }) => namespaced && kind !== eventKind.kind)
      .map((kind) => scopePrefix(kind, metadata?.name ?? '')),
});
