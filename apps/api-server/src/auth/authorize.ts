/**
 * Who may do what, by the groups and the name that the caller's certificate proves. Administrators may do everything, a
 * node reads what it needs and writes about itself and its pods, the scheduler reads and binds; nobody else anything.
 */
import { type ApiObject, type Kind, namespaceKind, nodeKind, type Pod, podKind } from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'updateStatus' | 'delete' | 'bind';

/** What someone is about to do. */
export interface Attempt {
  readonly verb: Verb;
  readonly kind: Kind;
  readonly namespace: string;
  /** Empty where it is about many. */
  readonly name: string;
  /** The object as it is (or is to be created); undefined while it is not known: then, whether some object will do. */
  readonly object?: ApiObject | undefined;
}

type Rule = (attempt: Attempt, identity: Identity) => boolean;

const read: readonly Verb[] = ['get', 'list', 'watch'];
const nodePrefix = 'system:node:';

const isKind = (attempt: Attempt, ...kinds: readonly Kind[]): boolean =>
  kinds.some(({ kind }) => kind === attempt.kind.kind);

const readsTheCluster: Rule = (attempt) =>
  read.includes(attempt.verb) && isKind(attempt, podKind, nodeKind, namespaceKind);

const writesItsNode: Rule = (attempt, { user }) =>
  isKind(attempt, nodeKind) &&
  ['create', 'update', 'updateStatus'].includes(attempt.verb) &&
  `${nodePrefix}${attempt.name}` === user;

const tendsItsPods: Rule = (attempt, { user }) => {
  if (!isKind(attempt, podKind) || !['updateStatus', 'delete'].includes(attempt.verb)) return false;
  const pod: Pod | undefined = attempt.object;
  return (
    pod === undefined || (pod.spec?.nodeName !== undefined && `${nodePrefix}${pod.spec.nodeName}` === user)
  );
};

const schedules: Rule = (attempt) =>
  isKind(attempt, podKind) && ['bind', 'updateStatus'].includes(attempt.verb);

/** The rules of each group, and of each user that is one of a kind. */
const rules: readonly { readonly has: (identity: Identity) => boolean; readonly may: readonly Rule[] }[] = [
  { has: ({ groups }) => groups.includes('system:masters'), may: [() => true] },
  {
    has: ({ groups, user }) => groups.includes('system:nodes') && user.startsWith(nodePrefix),
    may: [readsTheCluster, writesItsNode, tendsItsPods],
  },
  { has: ({ user }) => user === 'system:kube-scheduler', may: [readsTheCluster, schedules] },
];

/** Undefined if it is allowed, else a sentence that says who may not do what. */
export function authorize(identity: Identity, attempt: Attempt): string | undefined {
  const allowed = rules.some(({ has, may }) => has(identity) && may.some((rule) => rule(attempt, identity)));
  return allowed ? undefined : refusal(identity, attempt);
}

function refusal({ user, groups }: Identity, { verb, kind, namespace, name }: Attempt): string {
  const who = `"${user}"${groups.length > 0 ? ` (${groups.join(', ')})` : ''}`;
  const verbs: Partial<Record<Verb, string>> = { updateStatus: 'update the status of' };
  const what = `${kind.plural}${name ? ` "${name}"` : ''}${namespace ? ` in namespace "${namespace}"` : ''}`;
  return `${who} may not ${verbs[verb] ?? verb} ${what}.`;
}
