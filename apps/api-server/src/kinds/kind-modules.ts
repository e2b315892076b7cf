/** What the server knows of each kind of libs/api's table: its strategy, and the methods that it alone has. */
import {
  type ApiObject,
  clusterRoleBindingKind,
  clusterRoleKind,
  configMapKind,
  deploymentKind,
  endpointSliceKind,
  eventKind,
  leaseKind,
  networkPolicyKind,
  priorityClassKind,
  replicaSetKind,
  roleBindingKind,
  roleKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
} from '@own-kube/api';
import type { Clock } from '@own-kube/process';
import { defineStrategy } from '../registry/spec-status';
import type { MustMay } from '../auth/authorizer';
import type { Store } from '../registry/store';
import type { Strategy } from '../registry/strategy';
import type { Audit } from '../service/audit';
import type { OwnMethods } from '../service/kind-service';
import { namespaceStrategy } from './namespaces/strategy';
import { nodeStrategy } from './nodes/strategy';
import { createBindMethod } from './pods/bind-method';
import { podStrategy } from './pods/strategy';

export interface OwnMethodsDeps<T extends ApiObject> {
  readonly store: Store<T>;
  readonly audit: Audit;
  readonly mustMay: MustMay;
  readonly clock: Clock;
}

export interface KindModule<T extends ApiObject = ApiObject> {
  readonly strategy: Strategy<T>;
  readonly ownMethods?: ((deps: OwnMethodsDeps<T>) => OwnMethods) | undefined;
}

/** The table holds modules of different objects; each gets only objects of its own kind back. */
const kindModule = <T extends ApiObject>(module: KindModule<T>): KindModule =>
  module as KindModule<never> as KindModule;

/** Every kind that is served. */
export const kindModules: readonly KindModule[] = [
  kindModule({ strategy: namespaceStrategy }),
  kindModule({ strategy: nodeStrategy }),
  kindModule({ strategy: podStrategy, ownMethods: createBindMethod }),
  kindModule({ strategy: defineStrategy(serviceKind, {}) }),
  kindModule({ strategy: defineStrategy(configMapKind, {}) }),
  kindModule({ strategy: defineStrategy(secretKind, { encrypted: true }) }),
  kindModule({ strategy: defineStrategy(serviceAccountKind, {}) }),
  kindModule({ strategy: defineStrategy(eventKind, {}) }),
  kindModule({ strategy: defineStrategy(leaseKind, {}) }),
  kindModule({ strategy: defineStrategy(endpointSliceKind, {}) }),
  kindModule({ strategy: defineStrategy(networkPolicyKind, {}) }),
  kindModule({ strategy: defineStrategy(priorityClassKind, {}) }),
  kindModule({ strategy: defineStrategy(replicaSetKind, {}) }),
  kindModule({ strategy: defineStrategy(deploymentKind, {}) }),
  kindModule({ strategy: defineStrategy(roleKind, {}) }),
  kindModule({ strategy: defineStrategy(clusterRoleKind, {}) }),
  kindModule({ strategy: defineStrategy(roleBindingKind, {}) }),
  kindModule({ strategy: defineStrategy(clusterRoleBindingKind, {}) }),
];
