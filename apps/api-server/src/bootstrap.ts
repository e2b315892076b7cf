import {
  type ApiObject,
  clusterRoleBindingKind,
  clusterRoleKind,
  Namespace,
  namespaceKind,
} from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import { bootstrapBindings, bootstrapRoles } from './auth/rbac/bootstrap-objects';
import { lastingNamespaces } from './kinds/namespaces/strategy';
import { ensureObjects } from './registry/ensure-objects';
import type { Store } from './registry/store';

export interface BootstrapDeps {
  readonly stores: ReadonlyMap<string, Store<ApiObject>>;
  readonly clock: Clock;
  readonly log: Logger;
}

const wanted = (): readonly { readonly kind: string; readonly objects: readonly ApiObject[] }[] => [
  {
    kind: namespaceKind.kind,
    objects: lastingNamespaces.map((name) => Namespace.fromPartial({ metadata: { name } })),
  },
  { kind: clusterRoleKind.kind, objects: bootstrapRoles() },
  { kind: clusterRoleBindingKind.kind, objects: bootstrapBindings() },
];

/** Makes what every cluster has and is missing. Returns the revision at which all of it is there. */
export async function bootstrap({ stores, clock, log }: BootstrapDeps, signal: AbortSignal): Promise<number> {
  let newest = 0;
  for (const { kind, objects } of wanted()) {
    const made = await ensureObjects({ kind, objects, store: stores.get(kind)! }, { clock, log }, signal);
    newest = Math.max(newest, made);
  }
  return newest;
}
