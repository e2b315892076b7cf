/** A little in-memory service for this lib's own tests. */
import type { NamespacesDefinition } from '@own-kube/api';
import { ApiError, type ListRequest, Namespace } from '@own-kube/api';
import type { Handlers } from '../types';

export type NamespaceHandlers = Handlers<typeof NamespacesDefinition>;

const unimplemented = async (): Promise<never> => {
  throw new ApiError('Unimplemented', 'not in this test');
};

/** Handlers of Namespaces: Create echoes, Get finds "default" alone; the rest is for the test to give. */
export const namespaceHandlers = (some: Partial<NamespaceHandlers> = {}): NamespaceHandlers => ({
  create: async (namespace) => namespace,
  get: async ({ name }) => {
    if (name === 'default') return Namespace.fromPartial({ metadata: { name } });
    throw new ApiError('NotFound', `Namespace "${name}" not found`);
  },
  list: async (_request: ListRequest) => ({ items: [] }),
  watch: async function* () {
    yield* [];
  },
  update: unimplemented,
  updateStatus: unimplemented,
  patch: unimplemented,
  delete: unimplemented,
  ...some,
});

export const aNamespace = (name: string): Namespace => Namespace.fromPartial({ metadata: { name } });
