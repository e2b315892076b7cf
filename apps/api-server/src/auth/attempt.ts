import type { ApiObject, Kind, Pod } from '@own-kube/api';
import type { Identity } from '@own-kube/rpc';
import { phraseOf, type Verb } from './verb';

/** What someone is about to do. */
export interface Attempt {
  readonly verb: Verb;
  readonly kind: Kind;
  readonly namespace: string;
  /** Empty where it is about many. */
  readonly name: string;
  /** The object as it is (or is to be created); undefined while it is not known: then, whether some object will do. */
  readonly object?: ApiObject | undefined;
  /** What an update or a patch makes of the object. */
  readonly next?: ApiObject | undefined;
  /** The pod that a token is for. */
  readonly boundPod?: Pod | undefined;
}

/** A sentence that says who may not do what, where. */
export function refusalOf({ user, groups }: Identity, { verb, kind, namespace, name }: Attempt): string {
  const who = `"${user}"${groups.length > 0 ? ` (${groups.join(', ')})` : ''}`;
  const what = `${kind.plural}${name ? ` "${name}"` : ''}${namespace ? ` in namespace "${namespace}"` : ''}`;
  return `${who} may not ${phraseOf(verb)} ${what}.`;
}
