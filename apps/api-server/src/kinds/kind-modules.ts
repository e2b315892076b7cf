/** What the server knows of each kind of libs/api's table: its strategy, and the methods that it alone has. */
import type { ApiObject } from '@own-kube/api';
import type { Clock } from '@own-kube/process';
import type { MustMay } from '../auth/authorizer';
import { createTokenMethod } from '../auth/tokens/create-token-method';
import type { TokenAuthority } from '../auth/tokens/token-authority';
import type { Store } from '../registry/store';
import type { Strategy } from '../registry/strategy';
import type { Storage } from '../storage/storage';
import type { Audit } from '../service/audit';
import type { OwnMethods } from '../service/kind-service';
import { clusterRoleBindingStrategy } from './clusterrolebindings/strategy';
import { clusterRoleStrategy } from './clusterroles/strategy';
import { configMapStrategy } from './configmaps/strategy';
import { deploymentStrategy } from './deployments/strategy';
import { endpointSliceStrategy } from './endpointslices/strategy';
import { eventStrategy } from './events/strategy';
import { leaseStrategy } from './leases/strategy';
import { namespaceStrategy } from './namespaces/strategy';
import { networkPolicyStrategy } from './networkpolicies/strategy';
import { nodeStrategy } from './nodes/strategy';
import { createBindMethod } from './pods/bind-method';
import { podStrategy } from './pods/strategy';
import { priorityClassStrategy } from './priorityclasses/strategy';
import { replicaSetStrategy } from './replicasets/strategy';
import { roleBindingStrategy } from './rolebindings/strategy';
import { roleStrategy } from './roles/strategy';
import { secretStrategy } from './secrets/strategy';
import { serviceAccountStrategy } from './serviceaccounts/strategy';
import { serviceStrategy } from './services/strategy';

export interface OwnMethodsDeps<T extends ApiObject> {
  readonly store: Store<T>;
  readonly audit: Audit;
  readonly mustMay: MustMay;
  readonly clock: Clock;
  readonly storage: Storage;
  /** Issues the tokens of ServiceAccounts; undefined where no key is configured. */
  readonly tokens: TokenAuthority | undefined;
  /** Resolves when the cache has seen a revision, or after a while. */
  readonly seen: (revision: number) => Promise<unknown>;
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
  kindModule({ strategy: serviceStrategy }),
  kindModule({ strategy: configMapStrategy }),
  kindModule({ strategy: secretStrategy }),
  kindModule({ strategy: serviceAccountStrategy, ownMethods: createTokenMethod }),
  kindModule({ strategy: eventStrategy }),
  kindModule({ strategy: leaseStrategy }),
  kindModule({ strategy: endpointSliceStrategy }),
  kindModule({ strategy: networkPolicyStrategy }),
  kindModule({ strategy: priorityClassStrategy }),
  kindModule({ strategy: replicaSetStrategy }),
  kindModule({ strategy: deploymentStrategy }),
  kindModule({ strategy: roleStrategy }),
  kindModule({ strategy: clusterRoleStrategy }),
  kindModule({ strategy: roleBindingStrategy }),
  kindModule({ strategy: clusterRoleBindingStrategy }),
];
