/**
 * Who may do what. Administrators may do everything, a node what node/node-rules.ts says, everybody what the roles that
 * are bound to them allow.
 */
import type { ApiObject } from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';
import { type Attempt, refusalOf } from './attempt';
import type { NodePods } from './node/node-pods';
import { nodeMay, nodeNameOf } from './node/node-rules';
import { accessRequestOf } from './rbac/access-request';
import { refuseGrant } from './rbac/escalation';
import type { Policy } from './rbac/policy';

/** What the decision rests on. */
export interface AuthorizeDeps {
  readonly policy: () => Policy;
  readonly pods: NodePods;
}

/** The group that no role can bind. */
const masters = 'system:masters';

/** Undefined if it is allowed, else a sentence that says who may not do what. */
export function authorize(deps: AuthorizeDeps, identity: Identity, attempt: Attempt): string | undefined {
  if (identity.groups.includes(masters)) return undefined;
  const node = nodeNameOf(identity);
  if (node !== undefined && nodeMay(node, attempt, deps.pods)) return undefined;
  const policy = deps.policy();
  if (!policy.allows(identity, accessRequestOf(attempt))) return refusalOf(identity, attempt);
  const next = toBeWritten(attempt);
  if (!next) return undefined;
  const { kind, namespace, object } = attempt;
  return refuseGrant(policy, identity, {
    kind,
    namespace,
    next,
    current: attempt.next ? object : undefined,
  });
}

/** What is to be written, once it is known what is there. */
const toBeWritten = ({ verb, object, next }: Attempt): ApiObject | undefined =>
  verb === 'create' ? object : object && next;
