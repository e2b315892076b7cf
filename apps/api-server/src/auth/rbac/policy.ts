/**
 * Who has which rules, by the roles and bindings as they are at one moment. A binding whose role does not exist gives
 * nothing; a RoleBinding gives rules within its own namespace alone, also those of a ClusterRole.
 */
import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef } from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';
import type { AccessRequest } from './access-request';
import { ruleAllows } from './policy-rules';
import { identityKeys, subjectKey } from './subjects';

/** The objects that decide. */
export interface RbacObjects {
  readonly roles: readonly Role[];
  readonly clusterRoles: readonly ClusterRole[];
  readonly roleBindings: readonly RoleBinding[];
  readonly clusterRoleBindings: readonly ClusterRoleBinding[];
}

/** Rules, and where they hold: in one namespace, or ("") everywhere. */
interface Grant {
  readonly namespace: string;
  readonly rules: readonly PolicyRule[];
}

/** See the head of this file. */
export class Policy {
  private readonly grants = new Map<string, Grant[]>();
  private readonly roles: ReadonlyMap<string, readonly PolicyRule[]>;
  /** An identity lives as long as its connection, and asks many times. */
  private readonly known = new WeakMap<Identity, readonly Grant[]>();

  constructor({ roles, clusterRoles, roleBindings, clusterRoleBindings }: RbacObjects) {
    this.roles = new Map(
      [...roles, ...clusterRoles].map(({ metadata, rules }) => [
        roleKey(metadata?.namespace ?? '', metadata?.name ?? ''),
        rules,
      ]),
    );
    for (const binding of [...clusterRoleBindings, ...roleBindings]) this.addBinding(binding);
  }

  /** The rules of the role that a binding in a namespace ("": a ClusterRoleBinding) refers to; undefined: no such role. */
  rulesOf(ref: RoleRef | undefined, namespace: string): readonly PolicyRule[] | undefined {
    if (ref?.kind === 'ClusterRole') return this.roles.get(roleKey('', ref.name ?? ''));
    return ref?.kind === 'Role' && namespace ? this.roles.get(roleKey(namespace, ref.name ?? '')) : undefined;
  }

  /** Whether the roles allow somebody what is asked. */
  allows(identity: Identity, request: AccessRequest): boolean {
    return this.grantsOf(identity).some(
      ({ namespace, rules }) =>
        (namespace === '' || namespace === request.namespace) &&
        rules.some((rule) => ruleAllows(rule, request)),
    );
  }

  /** All rules that somebody has in a namespace; "": those that hold everywhere. */
  rulesFor(identity: Identity, namespace: string): PolicyRule[] {
    return this.grantsOf(identity).flatMap((grant) =>
      grant.namespace === '' || grant.namespace === namespace ? grant.rules : [],
    );
  }

  private grantsOf(identity: Identity): readonly Grant[] {
    let grants = this.known.get(identity);
    if (!grants) {
      grants = identityKeys(identity).flatMap((key) => this.grants.get(key) ?? []);
      this.known.set(identity, grants);
    }
    return grants;
  }

  private addBinding({ metadata, roleRef, subjects }: RoleBinding | ClusterRoleBinding): void {
    const namespace = metadata?.namespace ?? '';
    const rules = this.rulesOf(roleRef, namespace);
    if (!rules || rules.length === 0) return;
    for (const subject of subjects) {
      const key = subjectKey(subject, namespace);
      if (key) this.addGrant(key, { namespace, rules });
    }
  }

  private addGrant(key: string, grant: Grant): void {
    const grants = this.grants.get(key);
    if (grants) grants.push(grant);
    else this.grants.set(key, [grant]);
  }
}

const roleKey = (namespace: string, name: string): string => `${namespace}/${name}`;
